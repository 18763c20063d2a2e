import type { ErrorBody } from "../generated/types.ts";
import { DotsError } from "./dots-error.ts";

/** The API answered with another status than a success. */
export class ApiError extends DotsError {
  override readonly name: string = "ApiError";
  declare readonly status: number;
  /** The answer, where it was a JSON object. Its fields are those of the spec, unless the server strays from it. */
  declare readonly body: ErrorBody | undefined;
  /** How long the server asked to wait before another attempt, in milliseconds. */
  declare readonly retryAfter: number | undefined;
}

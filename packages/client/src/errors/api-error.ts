import type { ErrorBody } from "../generated/types.ts";
import { DotsError, type ErrorDetails } from "./dots-error.ts";

/** What a server said with a refusal. */
export interface Refusal extends ErrorDetails {
  readonly status: number;
  readonly body: ErrorBody | undefined;
  readonly retryAfter: number | undefined;
}

/** The API answered with another status than a success. */
export class ApiError extends DotsError {
  override readonly name: string = "ApiError";
  declare readonly status: number;
  /** The answer, where it was a JSON object. Its fields are those of the spec, unless the server strays from it. */
  readonly body: ErrorBody | undefined;
  /** How long the server asked to wait before another attempt, in milliseconds. */
  readonly retryAfter: number | undefined;

  constructor(what: string, refusal: Refusal) {
    super(what, refusal);
    this.body = refusal.body;
    this.retryAfter = refusal.retryAfter;
  }
}

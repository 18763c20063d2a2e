import { ApiError } from "./api-error.ts";

/** The request does not go with the present state (409). */
export class ConflictError extends ApiError {
  override readonly name = "ConflictError";
  declare readonly status: 409;
}

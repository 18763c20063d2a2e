import { ApiError } from "./api-error.ts";

/** There is no such thing (404). */
export class NotFoundError extends ApiError {
  override readonly name = "NotFoundError";
  declare readonly status: 404;
}

import { ApiError } from "./api-error.ts";

/** There were too many requests (429). */
export class RateLimitError extends ApiError {
  override readonly name = "RateLimitError";
  declare readonly status: 429;
}

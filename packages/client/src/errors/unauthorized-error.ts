import { ApiError } from "./api-error.ts";

/** The client ID or the API key is not right (401). */
export class UnauthorizedError extends ApiError {
  override readonly name = "UnauthorizedError";
  declare readonly status: 401;
}

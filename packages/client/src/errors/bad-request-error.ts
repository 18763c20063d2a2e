import { ApiError } from "./api-error.ts";

/** The API refused the request (400). */
export class BadRequestError extends ApiError {
  override readonly name = "BadRequestError";
  declare readonly status: 400;
}

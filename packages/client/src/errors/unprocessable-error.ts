import { ApiError } from "./api-error.ts";

/** The API understood the request and refused it (422). */
export class UnprocessableError extends ApiError {
  override readonly name = "UnprocessableError";
  declare readonly status: 422;
}

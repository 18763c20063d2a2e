import { ApiError } from "./api-error.ts";

/** The credentials do not allow this (403). */
export class ForbiddenError extends ApiError {
  override readonly name = "ForbiddenError";
  declare readonly status: 403;
}

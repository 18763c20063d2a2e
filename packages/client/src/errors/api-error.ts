import type { ErrorBody } from "../generated/types.ts";
import { DotsError } from "./dots-error.ts";

/** The API answered with a status that is not a success. */
export class ApiError extends DotsError {
  static override readonly kind: string = "ApiError";
  /** The names of this class and its subclasses. */
  static readonly kinds: RegExp =
    /^(Api|BadRequest|Conflict|Forbidden|NotFound|RateLimit|Server|Unauthorized|Unprocessable)Error$/;
  /** The status of the answer. */
  declare readonly status: number;
  /** The answer, if it was a JSON object. Its fields are those of the spec, unless the server deviates from it. */
  declare readonly body: ErrorBody | undefined;
}

/** The API refused the request (400). */
export class BadRequestError extends ApiError {
  static override readonly kind = "BadRequestError";
  declare readonly name: "BadRequestError";
  declare readonly status: 400;
}

/**
 * The request conflicts with the current state, or an earlier one with the same idempotency key is still in progress
 * (409). So with a key its `outcome` is `unknown`.
 */
export class ConflictError extends ApiError {
  static override readonly kind = "ConflictError";
  declare readonly name: "ConflictError";
  declare readonly status: 409;
}

/** The credentials do not allow this (403). */
export class ForbiddenError extends ApiError {
  static override readonly kind = "ForbiddenError";
  declare readonly name: "ForbiddenError";
  declare readonly status: 403;
}

/** The resource does not exist (404). */
export class NotFoundError extends ApiError {
  static override readonly kind = "NotFoundError";
  declare readonly name: "NotFoundError";
  declare readonly status: 404;
}

/** There were too many requests (429). */
export class RateLimitError extends ApiError {
  static override readonly kind = "RateLimitError";
  declare readonly name: "RateLimitError";
  declare readonly status: 429;
}

/** The server failed (5xx). */
export class ServerError extends ApiError {
  static override readonly kind = "ServerError";
  declare readonly name: "ServerError";
}

/** The client ID or the API key is wrong (401). */
export class UnauthorizedError extends ApiError {
  static override readonly kind = "UnauthorizedError";
  declare readonly name: "UnauthorizedError";
  declare readonly status: 401;
}

/** The API understood the request and refused it (422). */
export class UnprocessableError extends ApiError {
  static override readonly kind = "UnprocessableError";
  declare readonly name: "UnprocessableError";
  declare readonly status: 422;
}

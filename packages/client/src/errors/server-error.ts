import { ApiError } from "./api-error.ts";

/** Something failed on the other side (5xx). */
export class ServerError extends ApiError {
  override readonly name = "ServerError";
}

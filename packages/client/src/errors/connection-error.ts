import { DotsError } from "./dots-error.ts";

/** No connection came about (`outcome` is then `not_sent`), or it broke before there was an answer (`unknown`). */
export class ConnectionError extends DotsError {
  override readonly name = "ConnectionError";
}

import { DotsError } from "./dots-error.ts";

/** The caller's `signal` ended the call. */
export class AbortError extends DotsError {
  override readonly name = "AbortError";
}

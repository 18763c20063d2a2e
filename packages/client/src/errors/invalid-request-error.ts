import { DotsError } from "./dots-error.ts";
import type { Violation } from "./violation.ts";

/** The request cannot be sent as it is. */
export class InvalidRequestError extends DotsError {
  override readonly name = "InvalidRequestError";
  /** Every rule that the body breaks, where validation is on. */
  declare readonly violations: readonly Violation[] | undefined;
}

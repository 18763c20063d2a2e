import { DotsError, type ErrorDetails } from "./dots-error.ts";

/** A rule of the API that a value breaks. */
export interface Violation {
  /** JSON Pointer (RFC 6901) to the place in the body. */
  readonly path: string;
  readonly message: string;
}

/** The request cannot be sent as it is. */
export class InvalidRequestError extends DotsError {
  override readonly name = "InvalidRequestError";
  /** Every rule that the body breaks; empty unless validation is on. */
  readonly violations: readonly Violation[];

  constructor(what: string, details: ErrorDetails, violations: readonly Violation[] = []) {
    super(what, details);
    this.violations = violations;
  }
}

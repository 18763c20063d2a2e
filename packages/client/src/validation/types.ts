import type { Violation } from "../runtime/validate.ts";

/** What was found. */
export interface Checked {
  /** Every rule that is broken. */
  readonly violations: readonly Violation[];
  /** What is wrong, in one line, where that ends the call. */
  readonly problem?: string | undefined;
}

/** Checks requests and answers. */
export interface Validation {
  readonly request: (operation: string, body: unknown) => Checked;
  /** Absent: answers are not checked. */
  readonly answer?: ((operation: string, status: number, data: unknown) => Checked) | undefined;
}

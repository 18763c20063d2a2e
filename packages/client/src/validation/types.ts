import type { Violation } from "../runtime/validate.ts";

/** Checks requests and answers. */
export interface Validation {
  /** Every rule that a request body breaks. */
  readonly request: (operation: string, body: unknown) => readonly Violation[];
  /** Every rule that the data of an answer breaks. Absent if answers are not checked. */
  readonly answer?: ((operation: string, status: number, data: unknown) => readonly Violation[]) | undefined;
  /** Whether an answer that breaks a rule ends the call with an InvalidAnswerError. */
  readonly throws?: boolean | undefined;
  /** Violations in one line. */
  readonly list: (violations: readonly Violation[]) => string;
}

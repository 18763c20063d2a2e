import type { Violation } from "./errors/violation.ts";

/** Finds what a value breaks, before it is sent or given back. */
export interface Validation {
  /** Every rule that a request body breaks. */
  readonly request: (operation: string, body: unknown) => readonly Violation[];
  /** Every rule that the data of an answer breaks. Absent: answers are not checked. */
  readonly answer?: ((operation: string, status: number, data: unknown) => readonly Violation[]) | undefined;
}

/** Violations in one line. */
export function list(violations: readonly Violation[]): string {
  return violations.map(({ path, message }) => `${path} ${message}`.trim()).join("; ");
}

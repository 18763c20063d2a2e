import type { Violation } from "../errors/dots-error.ts";
import type { ApiResult } from "../runtime/api-call.ts";

/** Checks what is sent, and what is given back. */
export interface Validation {
  /** Every rule that a request body breaks. */
  readonly request: (operation: string, body: unknown) => readonly Violation[];
  /** An answer that keeps the rules; throws when it breaks one. Absent: answers are not checked. */
  readonly answer?: (<Data>(operation: string, result: ApiResult<Data>) => ApiResult<Data>) | undefined;
}

/** Violations in one line. */
export function listViolations(violations: readonly Violation[]): string {
  return violations.map(({ path, message }) => `${path} ${message}`.trim()).join("; ");
}

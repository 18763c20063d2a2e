import { answers, requests } from "../generated/validators.js";
import type { Validate, Violation } from "../runtime/validate.ts";
import type { Checked, Validation } from "./types.ts";
import { violationsOf } from "./violations.ts";

/** Options of `validation()`. */
export interface ValidationOptions {
  /**
   * Checks answers too. With `true`, the broken rules are in the `violations` of `withResponse()` and of the hook
   * `onResponse`. With `"throw"`, the call fails with an InvalidAnswerError, which has the answer: the request was
   * still carried out.
   * @default false
   */
  readonly answers?: boolean | "throw" | undefined;
}

/**
 * Checks every request against the spec before it is sent. If a request breaks a rule, the call fails with an
 * InvalidRequestError that lists everything that is wrong.
 *
 * @example
 * ```ts
 * const dots = new Dots({ environment: "sandbox", validation: validation() });
 * ```
 */
export function validation(options: ValidationOptions = {}): Validation {
  const { answers: mode } = options;
  return {
    request: (operation, body) => checked("request", check(requests[operation], body)),
    answer: mode
      ? (operation, status, data) => {
          const validate = answers[`${operation} ${status}`] ?? answers[`${operation} 2XX`];
          const violations = check(validate, data);
          return mode === "throw" ? checked("answer", violations) : { violations };
        }
      : undefined,
  };
}

function checked(what: string, violations: readonly Violation[]): Checked {
  const list = violations.map(({ path, message }) => `${path} ${message}`.trim()).join("; ");
  return { violations, problem: list && `the ${what} breaks rules: ${list}` };
}

/** Every rule that a value breaks. */
function check(validate: Validate | undefined, value: unknown): readonly Violation[] {
  return validate === undefined || validate(value) ? [] : violationsOf(validate.errors ?? []);
}

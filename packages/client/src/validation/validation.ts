import { answers, requests } from "../generated/validators.js";
import type { Validate, Violation } from "../runtime/validate.ts";
import type { Validation } from "./types.ts";
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
  return {
    request: (operation, body) => check(requests[operation], body),
    answer: options.answers ? checkAnswer : undefined,
    throws: options.answers === "throw",
    list: (violations) => violations.map(({ path, message }) => `${path} ${message}`.trim()).join("; "),
  };
}

function checkAnswer(operation: string, status: number, data: unknown): readonly Violation[] {
  return check(answers[`${operation} ${status}`] ?? answers[`${operation} 2XX`], data);
}

/** Every rule that a value breaks. */
function check(validate: Validate | undefined, value: unknown): readonly Violation[] {
  return validate === undefined || validate(value) ? [] : violationsOf(validate.errors ?? []);
}

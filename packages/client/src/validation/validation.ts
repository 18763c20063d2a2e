import type { Validation } from "../checker.ts";
import type { Violation } from "../errors/violation.ts";
import { answers, requests } from "../generated/validators.js";
import type { Validate } from "./validate.ts";
import { violationsOf } from "./violations.ts";

export interface ValidationOptions {
  /**
   * Checks answers too. One that breaks a rule ends the call with an UnreadableAnswerError, its outcome `unknown`.
   * @default false
   */
  readonly answers?: boolean | undefined;
}

/**
 * Checks every request against the spec before it leaves. One that breaks a rule ends the call with an
 * InvalidRequestError, which lists all that is wrong.
 *
 * @example
 * ```ts
 * const dots = new Dots({ environment: "sandbox", validation: validation() });
 * ```
 */
export function validation(options: ValidationOptions = {}): Validation {
  return {
    request: (operation, body) => check(requests[operation], body),
    answer: options.answers
      ? (operation, status, data) =>
          check(answers[`${operation} ${status}`] ?? answers[`${operation} 2XX`], data)
      : undefined,
  };
}

function check(validate: Validate | undefined, value: unknown): readonly Violation[] {
  return validate === undefined || validate(value) ? [] : violationsOf(validate.errors ?? []);
}

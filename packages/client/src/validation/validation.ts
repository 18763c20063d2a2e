import { requests } from "../generated/validators.js";
import { check } from "./check.ts";
import { checkAnswer } from "./check-answer.ts";
import type { Validation } from "./types.ts";

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
    answer: options.answers ? checkAnswer : undefined,
  };
}

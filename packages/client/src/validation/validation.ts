import { UnreadableAnswerError, type Violation } from "../errors/dots-error.ts";
import { answers, requests } from "../generated/validators.js";
import type { ApiResult } from "../runtime/api-call.ts";
import type { Validate } from "../runtime/validate.ts";
import { listViolations, type Validation } from "./types.ts";
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
    answer: options.answers ? checkAnswer : undefined,
  };
}

/**
 * An answer that keeps the rules.
 * @throws UnreadableAnswerError when it breaks one. It is not asked for again: it would be the same.
 */
function checkAnswer<Data>(operation: string, result: ApiResult<Data>): ApiResult<Data> {
  const { data, response, idempotencyKey, attempts } = result;
  const { status } = response;
  const violations = check(answers[`${operation} ${status}`] ?? answers[`${operation} 2XX`], data);
  if (violations.length === 0) return result;
  throw new UnreadableAnswerError(`the answer breaks rules: ${listViolations(violations)}`, {
    outcome: "unknown",
    operation,
    idempotencyKey,
    attempts,
    status,
    violations,
  });
}

/** Every rule that a value breaks. */
function check(validate: Validate | undefined, value: unknown): readonly Violation[] {
  return validate === undefined || validate(value) ? [] : violationsOf(validate.errors ?? []);
}

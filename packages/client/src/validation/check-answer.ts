import { UnreadableAnswerError } from "../errors/dots-error.ts";
import { answers } from "../generated/validators.js";
import type { ApiResult } from "../runtime/api-call.ts";
import { check } from "./check.ts";
import { list } from "./types.ts";

/**
 * An answer that keeps the rules.
 * @throws UnreadableAnswerError when it breaks one. It is not asked for again: it would be the same.
 */
export function checkAnswer<Data>(operation: string, result: ApiResult<Data>): ApiResult<Data> {
  const { data, response, idempotencyKey, attempts } = result;
  const { status } = response;
  const violations = check(answers[`${operation} ${status}`] ?? answers[`${operation} 2XX`], data);
  if (violations.length === 0) return result;
  throw new UnreadableAnswerError(`the answer breaks rules: ${list(violations)}`, {
    outcome: "unknown",
    operation,
    idempotencyKey,
    attempts,
    status,
    violations,
  });
}

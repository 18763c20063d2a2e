import type { ApiResult } from "./api-call.ts";
import { list, type Validation } from "./checker.ts";
import { UnreadableAnswerError } from "./errors/unreadable-answer-error.ts";
import type { Operation } from "./operation.ts";

/**
 * An answer, once it is known to keep the rules.
 * @throws UnreadableAnswerError when it breaks one. It is not asked for again: it would be the same.
 */
export async function checkAnswer<Data>(
  answer: NonNullable<Validation["answer"]>,
  operation: Operation,
  pending: Promise<ApiResult<Data>>,
): Promise<ApiResult<Data>> {
  const result = await pending;
  const { data, response, idempotencyKey, attempts } = result;
  const violations = answer(operation.id, response.status, data);
  if (violations.length === 0) return result;
  throw new UnreadableAnswerError(`the answer breaks rules: ${list(violations)}`, {
    outcome: "unknown",
    operation: operation.id,
    idempotencyKey,
    attempts,
    status: response.status,
    violations,
  });
}

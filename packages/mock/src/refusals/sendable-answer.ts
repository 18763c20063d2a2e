import type { CompiledOperation } from "../spec/compile-operation.ts";
import type { ServedSpec } from "../spec/served-spec.ts";
import { type MockAnswer, sendingProblem } from "../wire/answer.ts";
import { asRefusal, type Refusal, refuse } from "../wire/refusal.ts";
import { refusalAnswer } from "./refusal-answer.ts";

/** @throws Refusal (500) for an answer that HTTP cannot carry. */
export function sendable(answer: MockAnswer): MockAnswer {
  const problem = sendingProblem(answer);
  if (problem === undefined) return answer;
  throw refuse(500, "answer", `The answer cannot be sent: ${problem}.`);
}

/** A refusal in the form that the operation documents, or a plain one if that cannot be sent. */
export function documentedRefusal(
  spec: ServedSpec,
  operation: CompiledOperation | undefined,
  refusal: Refusal,
): MockAnswer {
  try {
    return sendable(refusalAnswer(spec, operation, refusal));
  } catch (error) {
    const plain = refusal.toAnswer();
    return sendingProblem(plain) === undefined ? plain : asRefusal(error).toAnswer();
  }
}

import { DotsError } from "./dots-error.ts";
import type { Violation } from "./violation.ts";

/** The API reported a success, but its answer is not the JSON that was promised. */
export class UnreadableAnswerError extends DotsError {
  override readonly name = "UnreadableAnswerError";
  /** Every rule that the answer breaks, where it is JSON and answers are validated. */
  declare readonly violations: readonly Violation[] | undefined;
}

import { DotsError } from "./dots-error.ts";

/** The API reported a success, but its answer is not the JSON that was promised. */
export class UnreadableAnswerError extends DotsError {
  override readonly name = "UnreadableAnswerError";
}

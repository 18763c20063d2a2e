import { DotsError } from "./dots-error.ts";

/** The call, its attempts and the waits between them would have taken longer than `deadline`. */
export class DeadlineError extends DotsError {
  override readonly name = "DeadlineError";
}

import { DotsError } from "./dots-error.ts";

/** An attempt took longer than `timeout`. */
export class TimeoutError extends DotsError {
  override readonly name = "TimeoutError";
}

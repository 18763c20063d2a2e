import type { Violation } from "../errors/violation.ts";
import type { Validate } from "./validate.ts";
import { violationsOf } from "./violations.ts";

/** Every rule that a value breaks. */
export function check(validate: Validate | undefined, value: unknown): readonly Violation[] {
  return validate === undefined || validate(value) ? [] : violationsOf(validate.errors ?? []);
}

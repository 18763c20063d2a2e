import type { Check } from "../checks/check.ts";
import type { BrokenPromise } from "../expectations/broken-promise.ts";

/** The result of one check. */
export interface Result {
  readonly check: Check;
  /** Promises of the API that the server breaks. */
  readonly broken: readonly BrokenPromise[];
  /** Assumptions of the spec that the server does not meet. */
  readonly differing: readonly BrokenPromise[];
  /** Valid requests that the server refuses by its own rules. */
  readonly ownRules: readonly BrokenPromise[];
  /** Why it was not exercised; absent if it was. */
  readonly unable?: string;
  readonly milliseconds: number;
}

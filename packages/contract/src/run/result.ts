import type { Check } from "../checks/check.ts";
import type { BrokenPromise } from "../expectations/broken-promise.ts";

/** What happened to one check. */
export interface Result {
  readonly check: Check;
  /** What the API promises, and the server does not do. */
  readonly broken: readonly BrokenPromise[];
  /** What the spec assumes, and the server does not do. */
  readonly differing: readonly BrokenPromise[];
  /** Valid requests that the server refuses by one of its own rules. */
  readonly ownRules: readonly BrokenPromise[];
  /** Why it was not exercised; absent where it was. */
  readonly unable?: string;
  readonly milliseconds: number;
}

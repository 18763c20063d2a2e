import type { Group } from "../checks/check.ts";
import type { RuleCoverage } from "./coverage.ts";
import type { ShownExchange } from "./show.ts";

/** What a run found. */
export interface Report {
  /** The base URL of the server. */
  readonly server: string;
  /** The seed that repeats the run. */
  readonly seed: number;
  /** How many promises were kept. */
  readonly passed: number;
  /** How many were broken. */
  readonly failed: number;
  /** The promises that were exercised. */
  readonly checks: readonly CheckReport[];
  /** What is wrong: each cause once, with all promises that it breaks. */
  readonly causes: readonly Cause[];
  readonly coverage: Coverage;
  /** How many requests were sent. */
  readonly requests: number;
  readonly milliseconds: number;
}

export interface CheckReport {
  readonly id: string;
  readonly operation: string;
  readonly group: Group;
  readonly title: string;
  /** JSON Pointer to the promise in the spec. */
  readonly place: string;
  readonly status: "passed" | "failed";
  readonly milliseconds: number;
  /** What was wrong; absent where nothing was. */
  readonly detail?: readonly Detail[];
}

/** How a promise was broken. */
export interface Detail {
  readonly kind: string;
  readonly cause: string;
  readonly expected: string;
  /** JSON Pointer to the rule in the spec. */
  readonly place: string;
  /** What was sent and what came back; the last one shows the fault. */
  readonly exchanges: readonly ShownExchange[];
}

/** One thing that is wrong. */
export interface Cause {
  /** The operations that it is wrong with. */
  readonly operations: readonly string[];
  readonly cause: string;
  /** The IDs of the checks that it broke. */
  readonly checks: readonly string[];
  /** The promise of each of them, in words. */
  readonly promises: readonly string[];
  /** The symptom that says it shortest. */
  readonly detail: Detail;
}

/** What was exercised, and what could not be. */
export interface Coverage {
  /** How many rules of the spec were put to the test, and of how many. */
  readonly exercised: number;
  readonly total: number;
  /** Each rule: operation × status × property × keyword. */
  readonly rules: readonly RuleCoverage[];
  /** The checks that could not be made. */
  readonly notExercised: readonly NotExercised[];
}

export interface NotExercised {
  readonly id: string;
  readonly operation: string;
  readonly title: string;
  readonly reason: string;
}

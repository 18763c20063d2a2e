import type { Group } from "../checks/check.ts";
import type { Severity } from "../expectations/broken-promise.ts";
import type { Created } from "../suite/created.ts";
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
  /** How many were kept except for something that the spec only assumes. */
  readonly differing: number;
  /** How many could not be checked because the server refused their requests by its own rules. */
  readonly refused: number;
  /** The promises that were exercised. */
  readonly checks: readonly CheckReport[];
  /** What is wrong: each cause once, with all promises that it breaks. The worst come first. */
  readonly causes: readonly Cause[];
  /** What the spec assumes (`x-assumption`) and the server does differently. */
  readonly assumptions: readonly Cause[];
  /** Rules that the server has in addition to the spec. */
  readonly ownRules: readonly OwnRule[];
  /** What was tested, and what was not. */
  readonly coverage: Coverage;
  /** How many requests were sent. */
  readonly requests: number;
  /** Connections that were cut: idle ones, whose request was sent again, and others. */
  readonly connections: { readonly idle: number; readonly other: number };
  /** How long the run took, in milliseconds. */
  readonly milliseconds: number;
  /** What the run has created, as far as the answers have IDs. */
  readonly created: readonly Created[];
  /** How many of them it removed at its end. */
  readonly removed: number;
}

/** A promise that was tested. */
export interface CheckReport {
  /** Identifies the check across runs and seeds: `operation/group/…`. */
  readonly id: string;
  /** The `operationId`; empty if it is about the server as a whole. */
  readonly operation: string;
  /** Which kind of promise it is. */
  readonly group: Group;
  /** The promise, in words. */
  readonly title: string;
  /** JSON Pointer to the promise in the spec. */
  readonly place: string;
  /** `differs`: from an assumption of the spec. `refused`: by one of the server's own rules. */
  readonly status: "passed" | "failed" | "differs" | "refused";
  /** How long the check took, in milliseconds. */
  readonly milliseconds: number;
  /** What was wrong; absent if nothing was. */
  readonly detail?: readonly Detail[];
}

/** How a promise was broken. */
export interface Detail {
  /** What is at risk. */
  readonly severity: Severity;
  /** What is wrong, in short: the same for each check that shows it. */
  readonly cause: string;
  /** The promise, in words. */
  readonly expected: string;
  /** Why the spec assumes it; absent if it is documented. */
  readonly assumption?: string;
  /** JSON Pointer to the rule in the spec. */
  readonly place: string;
  /** What the server delivered, if that is what is wrong. */
  readonly received?: string;
  /** The requests and answers; the last one shows the fault. */
  readonly exchanges: readonly ShownExchange[];
}

/** One thing that is wrong. */
export interface Cause {
  /** What is at risk. */
  readonly severity: Severity;
  /** The affected operations. */
  readonly operations: readonly string[];
  /** What is wrong, in short. */
  readonly cause: string;
  /** The IDs of the checks that it broke. */
  readonly checks: readonly string[];
  /** The promise of each of them, in words. */
  readonly promises: readonly string[];
  /** The shortest symptom. */
  readonly detail: Detail;
  /** Identifies it across runs and seeds: one for each symptom, the shortest first. */
  readonly fingerprints: readonly string[];
  /** A POSIX shell script that reproduces it, with new idempotency keys. */
  readonly script: string;
  /** How often it was tried again, and occurred again; absent if it was not tried. */
  readonly repeated?: { readonly times: number; readonly failed: number };
  /** Whether the earlier report passed as `baseline` has it too. */
  readonly known?: boolean;
}

/**
 * A rule that the server has in addition to the spec: valid requests that it refuses, each with a value that it may not
 * know.
 */
export interface OwnRule {
  /** The `operationId`. */
  readonly operation: string;
  /** The place and the kind of value: `/contact/email: an email address`. */
  readonly about: string;
  /** The IDs of the checks that it prevented. */
  readonly checks: readonly string[];
  /** The shortest request that was refused. */
  readonly exchange: ShownExchange | undefined;
}

/** What was exercised, and what could not be. */
export interface Coverage {
  /** How many rules of the spec were tested. */
  readonly exercised: number;
  /** How many rules the spec has. */
  readonly total: number;
  /** Each rule: operation × status × property × keyword. */
  readonly rules: readonly RuleCoverage[];
  /** The checks that could not run. */
  readonly notExercised: readonly NotExercised[];
}

/** A check that could not run. */
export interface NotExercised {
  /** Identifies the check, like `CheckReport.id`. */
  readonly id: string;
  /** The `operationId`. */
  readonly operation: string;
  /** The promise, in words. */
  readonly title: string;
  /** Why it could not run. */
  readonly reason: string;
}

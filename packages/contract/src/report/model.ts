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
  /** How many were kept but for something that the spec only assumes. */
  readonly differing: number;
  /** How many came to nothing, since the server refused what they sent by one of its own rules. */
  readonly refused: number;
  /** The promises that were exercised. */
  readonly checks: readonly CheckReport[];
  /** What is wrong: each cause once, with all promises that it breaks. The worst comes first. */
  readonly causes: readonly Cause[];
  /** What the spec assumes (`x-assumption`), and the server does in another way. */
  readonly assumptions: readonly Cause[];
  /** Rules that the server has beside the spec. */
  readonly ownRules: readonly OwnRule[];
  /** What was put to the test, and what was not. */
  readonly coverage: Coverage;
  /** How many requests were sent. */
  readonly requests: number;
  /** Connections that were cut: idle ones, whose request was sent again, and others. */
  readonly connections: { readonly idle: number; readonly other: number };
  /** How long the run took, in milliseconds. */
  readonly milliseconds: number;
  /** What the run has made, as far as the answers give an ID. */
  readonly created: readonly Created[];
  /** How many of them it has removed at its end. */
  readonly removed: number;
}

/** A promise that was put to the test. */
export interface CheckReport {
  /** Names the check in every run, whatever its seed: `operation/group/…`. */
  readonly id: string;
  /** The `operationId`; empty where it is about the server as a whole. */
  readonly operation: string;
  /** Which kind of promise it is. */
  readonly group: Group;
  /** The promise, in words. */
  readonly title: string;
  /** JSON Pointer to the promise in the spec. */
  readonly place: string;
  /** `differs`: from an assumption of the spec. `refused`: by a rule of the server's own. */
  readonly status: "passed" | "failed" | "differs" | "refused";
  /** How long the check took, in milliseconds. */
  readonly milliseconds: number;
  /** What was wrong; absent where nothing was. */
  readonly detail?: readonly Detail[];
}

/** How a promise was broken. */
export interface Detail {
  /** What is at risk. */
  readonly severity: Severity;
  /** What is wrong, in a few words: the same for each check that shows it. */
  readonly cause: string;
  /** The promise, in words. */
  readonly expected: string;
  /** Why the spec assumes it; absent where it is documented. */
  readonly assumption?: string;
  /** JSON Pointer to the rule in the spec. */
  readonly place: string;
  /** What the server delivered, where that is what is wrong. */
  readonly received?: string;
  /** What was sent and what came back; the last one shows the fault. */
  readonly exchanges: readonly ShownExchange[];
}

/** One thing that is wrong. */
export interface Cause {
  /** What is at risk. */
  readonly severity: Severity;
  /** The operations that it is wrong with. */
  readonly operations: readonly string[];
  /** What is wrong, in a few words. */
  readonly cause: string;
  /** The IDs of the checks that it broke. */
  readonly checks: readonly string[];
  /** The promise of each of them, in words. */
  readonly promises: readonly string[];
  /** The symptom that says it shortest. */
  readonly detail: Detail;
  /** What it is recognised by in a later run, whatever the seed of that: one for each thing that shows it, the shortest first. */
  readonly fingerprints: readonly string[];
  /** A script for a POSIX shell that repeats it, with new idempotency keys. */
  readonly script: string;
  /** How often it was tried again, and was there again; absent where it was not tried. */
  readonly repeated?: { readonly times: number; readonly failed: number };
  /** Whether an earlier report has it too, that was given as `baseline`. */
  readonly known?: boolean;
}

/** A rule that the server has beside the spec: valid requests that it refuses, each with a value that it may not know. */
export interface OwnRule {
  /** The `operationId`. */
  readonly operation: string;
  /** The place and the kind of value: `/contact/email: an email address`. */
  readonly about: string;
  /** The IDs of the checks that it left without an answer. */
  readonly checks: readonly string[];
  /** The shortest request that was refused. */
  readonly exchange: ShownExchange | undefined;
}

/** What was exercised, and what could not be. */
export interface Coverage {
  /** How many rules of the spec were put to the test, and of how many. */
  readonly exercised: number;
  /** How many rules the spec has. */
  readonly total: number;
  /** Each rule: operation × status × property × keyword. */
  readonly rules: readonly RuleCoverage[];
  /** The checks that could not be made. */
  readonly notExercised: readonly NotExercised[];
}

/** A check that could not be made. */
export interface NotExercised {
  /** Names the check, as `CheckReport.id` does. */
  readonly id: string;
  /** The `operationId`. */
  readonly operation: string;
  /** The promise, in words. */
  readonly title: string;
  /** Why it could not be made. */
  readonly reason: string;
}

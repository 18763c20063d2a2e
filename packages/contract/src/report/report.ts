import type { Group, Suite } from "../check.ts";
import type { Result } from "../run.ts";
import { joinCauses } from "./causes.ts";
import { coverRules, type RuleCoverage } from "./coverage.ts";
import { type ShownExchange, showExchange } from "./show.ts";

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

export function makeReport(
  suite: Suite,
  base: URL,
  results: readonly Result[],
  figures: { readonly requests: number; readonly milliseconds: number },
): Report {
  const exercised = results.filter(({ unable }) => unable === undefined);
  const checks = exercised.map((result) => reportCheck(result, suite, base));
  const notExercised = results.flatMap(({ check: { id, operation, title }, unable }) =>
    unable === undefined ? [] : [{ id, operation, title, reason: unable }],
  );
  const rules = coverRules(suite, results);
  return {
    server: base.href.replace(/\/$/, ""),
    seed: suite.seed,
    passed: checks.filter(({ status }) => status === "passed").length,
    failed: checks.filter(({ status }) => status === "failed").length,
    checks,
    causes: joinCauses(checks),
    coverage: {
      exercised: rules.filter((rule) => rule.exercised).length,
      total: rules.length,
      rules,
      notExercised,
    },
    requests: figures.requests,
    milliseconds: Math.round(figures.milliseconds),
  };
}

function reportCheck({ check, violations, milliseconds }: Result, suite: Suite, base: URL): CheckReport {
  const { id, operation, group, title, place } = check;
  const detail = violations.map((violation) => ({
    kind: violation.kind,
    cause: violation.cause,
    expected: violation.expected,
    place: violation.place,
    exchanges: violation.exchanges.map((exchange) => showExchange(exchange, base, suite.credentials)),
  }));
  return {
    id,
    operation,
    group,
    title,
    place,
    status: detail.length === 0 ? "passed" : "failed",
    milliseconds: Math.round(milliseconds),
    ...(detail.length === 0 ? {} : { detail }),
  };
}

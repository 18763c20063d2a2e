import type { BrokenPromise } from "../expectations/broken-promise.ts";
import type { FoundCause } from "../run/causes.ts";
import type { Result } from "../run/run-checks.ts";
import { accountsOf, type Suite } from "../suite/suite.ts";
import { coverRules } from "./coverage.ts";
import type { Cause, CheckReport, Detail, Report } from "./model.ts";
import { showExchange } from "./show.ts";

/** What a run came to. */
export interface RunOutcome {
  readonly results: readonly Result[];
  readonly causes: readonly FoundCause[];
  readonly requests: number;
  readonly milliseconds: number;
}

export function makeReport(suite: Suite, base: URL, outcome: RunOutcome): Report {
  const { results, causes, requests, milliseconds } = outcome;
  const show = (broken: BrokenPromise): Detail => ({
    severity: broken.severity,
    cause: broken.cause,
    expected: broken.expected,
    place: broken.place,
    exchanges: broken.exchanges.map((exchange) => showExchange(exchange, base, accountsOf(suite))),
  });
  const exercised = results.filter(({ unable }) => unable === undefined);
  const checks = exercised.map((result) => reportCheck(result, show));
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
    causes: causes.map((cause) => reportCause(cause, show)),
    coverage: {
      exercised: rules.filter((rule) => rule.exercised).length,
      total: rules.length,
      rules,
      notExercised,
    },
    requests,
    milliseconds: Math.round(milliseconds),
  };
}

type Show = (broken: BrokenPromise) => Detail;

function reportCheck({ check, broken, milliseconds }: Result, show: Show): CheckReport {
  const { id, operation, group, title, place } = check;
  return {
    id,
    operation,
    group,
    title,
    place,
    status: broken.length === 0 ? "passed" : "failed",
    milliseconds: Math.round(milliseconds),
    ...(broken.length === 0 ? {} : { detail: broken.map(show) }),
  };
}

function reportCause({ severity, cause, symptoms }: FoundCause, show: Show): Cause {
  const [shown] = symptoms;
  const checks = [...new Set(symptoms.map(({ result }) => result.check))];
  return {
    severity,
    operations: [...new Set(checks.map(({ operation }) => operation))],
    cause,
    checks: checks.map(({ id }) => id),
    promises: [...new Set(checks.map(({ title }) => title))],
    detail: show(shown.broken),
  };
}

import type { Result } from "../run/run-checks.ts";
import type { Suite } from "../suite/suite.ts";
import { joinCauses } from "./causes.ts";
import { coverRules } from "./coverage.ts";
import type { CheckReport, Report } from "./model.ts";
import { showExchange } from "./show.ts";

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

function reportCheck({ check, broken, milliseconds }: Result, suite: Suite, base: URL): CheckReport {
  const { id, operation, group, title, place } = check;
  const detail = broken.map((each) => ({
    kind: each.kind,
    cause: each.cause,
    expected: each.expected,
    place: each.place,
    exchanges: each.exchanges.map((exchange) => showExchange(exchange, base, suite.credentials)),
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

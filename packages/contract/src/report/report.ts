import type { BrokenPromise } from "../expectations/broken-promise.ts";
import { redact } from "../http/credentials.ts";
import type { Exchange } from "../http/request.ts";
import type { OwnRule as FoundRule } from "../run/own-rules.ts";
import type { RepeatedCause } from "../run/repeat-causes.ts";
import type { Result } from "../run/result.ts";
import type { Created } from "../suite/created.ts";
import { accountsOf, type Suite } from "../suite/suite.ts";
import { coverRules } from "./coverage.ts";
import type { Cause, CheckReport, Detail, Report } from "./model.ts";
import { repeatScript } from "./script.ts";
import { showExchange, showText } from "./show.ts";

/** The result of a run. */
export interface RunOutcome {
  readonly results: readonly Result[];
  readonly causes: readonly RepeatedCause[];
  readonly assumptions: readonly RepeatedCause[];
  readonly ownRules: readonly FoundRule[];
  readonly requests: number;
  readonly connections: Report["connections"];
  readonly created: readonly Created[];
  readonly removed: number;
  readonly milliseconds: number;
}

export function makeReport(suite: Suite, base: URL, outcome: RunOutcome): Report {
  const { results, causes, assumptions, ownRules, requests, connections, created, removed, milliseconds } =
    outcome;
  const showOne = (exchange: Exchange) => showExchange(exchange, base, accountsOf(suite));
  const show = (broken: BrokenPromise): Detail => ({
    severity: broken.severity,
    cause: broken.cause,
    expected: broken.expected,
    place: broken.place,
    ...(broken.assumption === undefined ? {} : { assumption: broken.assumption }),
    ...(broken.received === undefined ? {} : { received: showText(broken.received, accountsOf(suite)) }),
    exchanges: broken.exchanges.map(showOne),
  });
  const reportOne = (cause: RepeatedCause): Cause => ({
    ...reportCause(cause, show),
    script: redact(repeatScript(cause.symptoms[0].broken, base), accountsOf(suite)),
  });
  const exercised = results.filter(({ unable }) => unable === undefined);
  const checks = exercised.map((result) => reportCheck(result, show));
  const notExercised = results.flatMap(({ check: { id, operation, title }, unable }) =>
    unable === undefined ? [] : [{ id, operation, title, reason: unable }],
  );
  const count = (wanted: CheckReport["status"]): number =>
    checks.filter(({ status }) => status === wanted).length;
  const rules = coverRules(suite, results);
  return {
    server: base.href.replace(/\/$/, ""),
    seed: suite.seed,
    passed: count("passed"),
    failed: count("failed"),
    differing: count("differs"),
    refused: count("refused"),
    checks,
    causes: causes.map(reportOne),
    assumptions: assumptions.map(reportOne),
    ownRules: ownRules.map(({ operation, about, checks: own, shown }) => {
      const last = shown.exchanges.at(-1);
      return {
        operation,
        about,
        checks: own.map(({ id }) => id),
        exchange: last === undefined ? undefined : showOne(last),
      };
    }),
    coverage: {
      exercised: rules.filter((rule) => rule.exercised).length,
      total: rules.length,
      rules,
      notExercised,
    },
    requests,
    connections,
    created,
    removed,
    milliseconds: Math.round(milliseconds),
  };
}

type Show = (broken: BrokenPromise) => Detail;

function reportCheck({ check, broken, differing, ownRules, milliseconds }: Result, show: Show): CheckReport {
  const { id, operation, group, title, place } = check;
  const found = [...broken, ...differing, ...ownRules];
  return {
    id,
    operation,
    group,
    title,
    place,
    status: statusOf(broken.length, differing.length, ownRules.length),
    milliseconds: Math.round(milliseconds),
    ...(found.length === 0 ? {} : { detail: found.map(show) }),
  };
}

function statusOf(broken: number, differing: number, ownRules: number): CheckReport["status"] {
  if (broken > 0) return "failed";
  if (ownRules > 0) return "refused";
  return differing > 0 ? "differs" : "passed";
}

function reportCause(found: RepeatedCause, show: Show): Omit<Cause, "script"> {
  const { severity, cause, symptoms, repeated } = found;
  const [shown] = symptoms;
  const checks = [...new Set(symptoms.map(({ result }) => result.check))];
  const fingerprints = symptoms.map(({ broken, result }) => fingerprint(result.check.operation, broken));
  return {
    severity,
    fingerprints: [...new Set(fingerprints)],
    operations: [...new Set(checks.map(({ operation }) => operation))],
    cause,
    checks: checks.map(({ id }) => id),
    promises: [...new Set(checks.map(({ title }) => title))],
    detail: show(shown.broken),
    ...(repeated === undefined ? {} : { repeated }),
  };
}

/**
 * Identifies a broken promise across runs and seeds: the operation, what is wrong, and the rule of the spec with its
 * keyword. The text of a rule can contain random names and values.
 */
function fingerprint(operation: string, { cause, place, name }: BrokenPromise): string {
  const [, kind] = /^(not refused|refused with \d+):/.exec(cause) ?? [];
  const rule = name === undefined ? place : `${place}/${name}`;
  return kind === undefined ? `${operation} ${cause}` : `${operation} ${kind}: ${rule}`;
}

import type { Check } from "../checks/check.ts";
import { CannotRun } from "../errors/cannot-run.ts";
import type { BrokenPromise } from "../expectations/broken-promise.ts";
import { isAnswer } from "../http/request.ts";
import type { Context } from "../suite/context.ts";
import { isOwnRule } from "./own-rules.ts";
import type { Result } from "./result.ts";
import { whyUnable } from "./why-unable.ts";

export interface RunSettings {
  readonly concurrency: number;
  /** Stop after the first broken promise. */
  readonly bail: boolean;
}

/**
 * Runs checks, several at once, and reports each as it ends. The results are in the order of the checks.
 * @throws CannotRun if the server cannot be checked any further
 */
export async function runChecks(
  context: Context,
  checks: readonly Check[],
  { concurrency, bail }: RunSettings,
  tell: (result: Result) => void,
): Promise<Result[]> {
  const results = new Map<Check, Result>();
  let stopped: string | undefined;
  const run = async (check: Check): Promise<void> => {
    if (stopped !== undefined) return;
    const result = await runCheck(context, check);
    results.set(check, result);
    tell(result);
    if (bail && result.broken.length > 0) stopped ??= "the run stopped at the first broken promise";
    const gone = result.broken.find(isGone);
    if (gone !== undefined) throw new CannotRun(whyGone(context, gone, results.size));
  };
  const waiting = checks.filter(({ phase }) => phase !== "last").values();
  // All workers share one iterator.
  const work = async (): Promise<void> => {
    for (const check of waiting) await run(check);
  };
  await Promise.all(Array.from({ length: concurrency }, work));
  for (const check of checks.filter(({ phase }) => phase === "last")) await run(check);
  return checks.map((check) => {
    const result = results.get(check);
    // A value that was refused at first may have been accepted later.
    return result === undefined ? notRun(check, stopped ?? "") : sortOut(context, result);
  });
}

/** Whether the server can no longer be reached, so that further checks are meaningless. */
function isGone({ exchanges }: BrokenPromise): boolean {
  const { outcome } = exchanges.at(-1) ?? {};
  return outcome !== undefined && !isAnswer(outcome) && outcome.reason === "unreachable";
}

/** A check may have crashed the server, or not: the reader has to find out. */
function whyGone({ server }: Context, { exchanges }: BrokenPromise, done: number): string {
  const { request, outcome } = exchanges.at(-1) ?? {};
  const reason = outcome === undefined || isAnswer(outcome) ? "" : outcome.message;
  const last = request === undefined ? "" : ` The last request: ${request.method} ${request.path}.`;
  return `${server.base.origin} cannot be reached any more after ${done} checks and ${server.sent()} requests (${reason}).${last}`;
}

export async function runCheck(context: Context, check: Check): Promise<Result> {
  const unable = whyUnable(check, context.suite, context.permissions);
  if (unable !== undefined) return notRun(check, unable);
  const hindrance = await check.hindrance?.(context);
  if (hindrance !== undefined) return notRun(check, hindrance);
  const started = performance.now();
  const broken = await check.run(context);
  const milliseconds = performance.now() - started;
  return sortOut(context, { check, broken, differing: [], ownRules: [], milliseconds });
}

function notRun(check: Check, unable: string): Result {
  return { check, broken: [], differing: [], ownRules: [], unable, milliseconds: 0 };
}

/** Separates what the API promises, what the spec assumes, and what a server may decide. */
function sortOut(context: Context, result: Result): Result {
  const { suite } = context;
  const all = [...result.broken, ...result.differing, ...result.ownRules].map((each) => {
    const assumption = each.assumption ?? suite.assumption(each.place, each.name);
    return assumption === undefined ? each : { ...each, assumption };
  });
  const ownRules = all.filter((each) => isOwnRule(context, result.check, each));
  const others = all.filter((each) => !ownRules.includes(each));
  const differing = suite.strict ? [] : others.filter(({ assumption }) => assumption !== undefined);
  const broken = others.filter((each) => !differing.includes(each));
  // If an ordinary request is refused too, special values are not the reason.
  const isPlain = broken.some(({ refused }) => refused !== undefined);
  return { ...result, ownRules: isPlain ? [] : ownRules, differing, broken };
}

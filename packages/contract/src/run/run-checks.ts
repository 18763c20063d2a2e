import type { Json } from "@dots-payouts/openapi";
import { CannotRun } from "../cannot-run.ts";
import type { Check, Context, Limits, Violation } from "../check.ts";
import { isAnswer } from "../http/request.ts";
import type { Server } from "../http/server.ts";
import { reasonAgainst } from "../permissions.ts";
import type { Suite } from "../suite/suite.ts";

/** What became of one check. */
export interface Result {
  readonly check: Check;
  readonly violations: readonly Violation[];
  /** Why it was not exercised; absent where it was. */
  readonly unable?: string;
  readonly milliseconds: number;
}

export interface RunLimits {
  readonly concurrency: number;
  /** Stop after the first promise that is broken. */
  readonly bail: boolean;
}

export function openContext(suite: Suite, server: Server, limits: Limits): Context {
  const seen = new Map<string, { body: Json | undefined }>();
  return {
    suite,
    server,
    limits,
    remember(kind, value, body) {
      const id = `${kind} ${value}`;
      const before = seen.get(id);
      if (before === undefined) seen.set(id, { body });
      return before;
    },
  };
}

/**
 * Runs checks, several at once, and tells of each as it ends. The results come in the order of the checks.
 * @throws CannotRun when the server cannot be checked any further
 */
export async function runChecks(
  context: Context,
  checks: readonly Check[],
  { concurrency, bail }: RunLimits,
  tell: (result: Result) => void,
): Promise<Result[]> {
  const results: (Result | undefined)[] = checks.map(() => undefined);
  let next = 0;
  let stopped: string | undefined;
  const work = async (): Promise<void> => {
    while (next < checks.length && stopped === undefined) {
      const index = next;
      next += 1;
      const check = checks[index];
      if (check === undefined) return;
      const result = await runCheck(context, check);
      results[index] = result;
      tell(result);
      if (bail && result.violations.length > 0)
        stopped ??= "the run was to end with the first promise that is broken";
      if (result.violations.some(isGone)) stopped ??= "the server could not be reached any more";
    }
  };
  await Promise.all(Array.from({ length: concurrency }, work));
  return results.map((result, index): Result => {
    const check = checks[index];
    if (check === undefined) throw new CannotRun("a check was lost");
    return result ?? { check, violations: [], unable: stopped ?? "", milliseconds: 0 };
  });
}

/** Whether the server cannot be reached any more, so that whatever comes next says nothing. */
function isGone({ exchanges }: Violation): boolean {
  const { outcome } = exchanges.at(-1) ?? {};
  return outcome !== undefined && !isAnswer(outcome) && outcome.reason === "unreachable";
}

export async function runCheck(context: Context, check: Check): Promise<Result> {
  const unable = reasonAgainst(check, context.suite, context.limits);
  if (unable !== undefined) return { check, violations: [], unable, milliseconds: 0 };
  const started = performance.now();
  const violations = await check.run(context);
  return { check, violations, milliseconds: performance.now() - started };
}

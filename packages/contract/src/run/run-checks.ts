import type { Check } from "../checks/check.ts";
import { CannotRun } from "../errors/cannot-run.ts";
import type { BrokenPromise } from "../expectations/broken-promise.ts";
import { isAnswer } from "../http/request.ts";
import type { Context } from "../suite/context.ts";
import { whyUnable } from "./why-unable.ts";

/** What became of one check. */
export interface Result {
  readonly check: Check;
  readonly broken: readonly BrokenPromise[];
  /** Why it was not exercised; absent where it was. */
  readonly unable?: string;
  readonly milliseconds: number;
}

export interface RunLimits {
  readonly concurrency: number;
  /** Stop after the first promise that is broken. */
  readonly bail: boolean;
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
      if (bail && result.broken.length > 0)
        stopped ??= "the run was to end with the first promise that is broken";
      if (result.broken.some(isGone)) stopped ??= "the server could not be reached any more";
    }
  };
  await Promise.all(Array.from({ length: concurrency }, work));
  return results.map((result, index): Result => {
    const check = checks[index];
    if (check === undefined) throw new CannotRun("a check was lost");
    return result ?? { check, broken: [], unable: stopped ?? "", milliseconds: 0 };
  });
}

/** Whether the server cannot be reached any more, so that whatever comes next says nothing. */
function isGone({ exchanges }: BrokenPromise): boolean {
  const { outcome } = exchanges.at(-1) ?? {};
  return outcome !== undefined && !isAnswer(outcome) && outcome.reason === "unreachable";
}

export async function runCheck(context: Context, check: Check): Promise<Result> {
  const unable = whyUnable(check, context.suite, context.permissions);
  if (unable !== undefined) return { check, broken: [], unable, milliseconds: 0 };
  const started = performance.now();
  const broken = await check.run(context);
  return { check, broken, milliseconds: performance.now() - started };
}

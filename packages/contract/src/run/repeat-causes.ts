import { isAnswer } from "../http/request.ts";
import type { Context } from "../suite/context.ts";
import type { FoundCause } from "./causes.ts";

/** Causes that are tried once more, and how often. */
const CAUSES = 12;
const TIMES = 3;
/** Checks that make more resources than this are not run again only to see whether they fail each time. */
const CHEAP = 25;

/** How often a cause was tried again, and how often it was there again. */
interface Repeated {
  readonly times: number;
  readonly failed: number;
}

export interface RepeatedCause extends FoundCause {
  /** Absent where it was not tried again. */
  readonly repeated?: Repeated;
}

/** Tries what is wrong again, to tell apart what always is from what is now and then. */
export async function repeatCauses(
  context: Context,
  causes: readonly FoundCause[],
): Promise<RepeatedCause[]> {
  const found: RepeatedCause[] = [];
  for (const [index, cause] of causes.entries()) {
    const again = index < CAUSES ? tryAgain(context, cause) : undefined;
    if (again === undefined) {
      found.push(cause);
      continue;
    }
    let failed = 0;
    for (let time = 0; time < TIMES; time += 1) if (await again()) failed += 1;
    found.push({ ...cause, repeated: { times: TIMES, failed } });
  }
  return found;
}

/** Whether the cause is there again; `undefined` if that is not tried. */
function tryAgain(context: Context, { symptoms: [first] }: FoundCause): (() => Promise<boolean>) | undefined {
  const { broken, result } = first;
  const { outcome } = broken.exchanges.at(-1) ?? {};
  // To wait for a server that does not answer, again and again, would take too long.
  if (outcome === undefined || !isAnswer(outcome)) return undefined;
  const { again } = broken;
  if (again !== undefined) {
    return async () => (await again.send(again.body)).some(({ cause }) => cause === broken.cause);
  }
  if (result.check.creates > CHEAP) return undefined;
  return async () => (await result.check.run(context)).some(({ cause }) => cause === broken.cause);
}

import { isAnswer } from "../http/request.ts";
import type { Context } from "../suite/context.ts";
import type { FoundCause } from "./causes.ts";

/** How many causes are tried again, and how often. */
const CAUSES = 12;
const TIMES = 3;
/** Checks that create more resources than this are not repeated. */
const CHEAP = 25;

/** How often a cause was tried again, and how often it occurred again. */
interface Repeated {
  readonly times: number;
  readonly failed: number;
}

export interface RepeatedCause extends FoundCause {
  /** Absent if it was not tried again. */
  readonly repeated?: Repeated;
}

/** Tries each problem again, to distinguish constant from occasional ones. */
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

/** Whether the cause occurred again; `undefined` if not tried. */
function tryAgain(context: Context, { symptoms: [first] }: FoundCause): (() => Promise<boolean>) | undefined {
  const { broken, result } = first;
  const { outcome } = broken.exchanges.at(-1) ?? {};
  // Waiting repeatedly for a server that does not answer would take too long.
  if (outcome === undefined || !isAnswer(outcome)) return undefined;
  const { again } = broken;
  if (again !== undefined) {
    return async () => (await again.send(again.body)).some(({ cause }) => cause === broken.cause);
  }
  if (result.check.creates > CHEAP) return undefined;
  return async () => (await result.check.run(context)).some(({ cause }) => cause === broken.cause);
}

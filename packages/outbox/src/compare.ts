import type { AnyIntent, Composer } from "./api/composer.ts";
import { type Counts, Tallies } from "./engine/summary.ts";
import type { State } from "./ledger/intent.ts";
import type { Store } from "./store/store.ts";

/** How many differences are shown. More are only counted. */
const MOST = 100;

/** An ID that is known with different content. */
export interface Difference {
  /** Your own ID. */
  readonly id: string;
  /** The state of the existing row. */
  readonly state: State;
  /** The call that it was added with, and the one passed now. */
  readonly calls: { readonly before: string; readonly now: string };
  /** What was passed before, as JSON. */
  readonly given: string;
  /** What is passed now, as JSON. */
  readonly now: string;
}

/** What a store knows about rows. */
export interface Comparison {
  /** Rows that already exist with the same content. */
  readonly known: Counts;
  /** How many rows have an ID that exists with different content. */
  readonly differ: number;
  /** The first of those. */
  readonly differences: readonly Difference[];
}

/** What a store knows about rows. */
export async function compare(
  store: Store,
  composer: Composer,
  intents: Iterable<AnyIntent>,
): Promise<Comparison> {
  const known = new Tallies([]);
  const differences: Difference[] = [];
  let differ = 0;
  for (const intent of intents) {
    const found = await store.find(intent.id);
    if (found === undefined) continue;
    const { digest, given } = composer.compose(intent);
    const { id, state, amount } = found;
    if (found.digest === digest && found.call === intent.call) {
      known.add(state, 1, amount);
      continue;
    }
    differ += 1;
    if (differ <= MOST) {
      const calls = { before: found.call, now: intent.call };
      differences.push({ id, state, calls, given: found.given, now: given });
    }
  }
  return { known: known.counts, differ, differences };
}

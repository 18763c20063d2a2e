import type { Api } from "../api/calls.ts";
import type { Reader } from "../api/reader.ts";
import type { Sender } from "../api/sender.ts";
import type { Reading } from "../ledger/age.ts";
import type { Clock } from "../ledger/clock.ts";
import type { Times } from "../ledger/times.ts";
import type { Store } from "../store/store.ts";
import type { ServerClock } from "./server-clock.ts";

/** What the work of an outbox is done with. */
export interface Context {
  readonly store: Store;
  readonly api: Api;
  readonly sender: Sender;
  readonly reader: Reader;
  readonly clock: Clock;
  readonly serverClock: ServerClock;
  readonly times: Times;
  /** Names whom the client calls as now, so that neither a key nor a list is relied on under other credentials. */
  readonly client: () => Promise<string>;
}

/** The time, for what is kept of a moment before the store is asked to keep it. */
export async function readTime({ store, clock, serverClock }: Context): Promise<Reading> {
  return { ...serverClock.read(), ledger: await store.time(Math.trunc(clock.wall())) };
}

import type { Api } from "../api/calls.ts";
import type { Reader } from "../api/reader.ts";
import type { Sender } from "../api/sender.ts";
import type { Reading } from "../ledger/age.ts";
import type { Clock } from "../ledger/clock.ts";
import type { Times } from "../ledger/times.ts";
import type { Store } from "../store/store.ts";
import type { ServerClock } from "./server-clock.ts";

/** What the outbox's work depends on. */
export interface Context {
  readonly store: Store;
  readonly api: Api;
  readonly sender: Sender;
  readonly reader: Reader;
  readonly clock: Clock;
  readonly serverClock: ServerClock;
  readonly times: Times;
  /** Identifies the current client, so that neither keys nor lists are relied on with other credentials. */
  readonly client: () => Promise<string>;
}

/** The time, for moments before the store records them. */
export async function readTime({ store, clock, serverClock }: Context): Promise<Reading> {
  return { ...serverClock.read(), ledger: await store.time(Math.trunc(clock.wall())) };
}

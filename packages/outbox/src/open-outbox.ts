import { accountMark, accountOf, type Dots } from "@dots-payouts/client";
import { asDocument } from "@dots-payouts/openapi";
import { accountOptions } from "./api/account-options.ts";
import { bundledApi } from "./api/bundled-api.ts";
import { readApi } from "./api/calls.ts";
import { clientReader } from "./api/client-reader.ts";
import { clientSender } from "./api/client-sender.ts";
import { Composer } from "./api/composer.ts";
import { ServerClock } from "./engine/server-clock.ts";
import { type Clock, systemClock } from "./ledger/clock.ts";
import { readTimes, type Times } from "./ledger/times.ts";
import { openStore } from "./open-store.ts";
import { Outbox } from "./outbox.ts";
import { OutboxError } from "./outbox-error.ts";

/** Options of `openOutbox()`. */
export interface OutboxOptions {
  /**
   * Where everything is stored: an SQLite file, which is created if it does not exist, or the `postgres://` URL of a
   * database, which needs the package `pg`.
   */
  readonly store: string;
  /** The client that sends. Its own retries are not used. */
  readonly dots: Dots;
  /** Assumptions about time, in milliseconds. */
  readonly times?: Partial<Times> | undefined;
  /** The source of time. @default the clocks of this machine */
  readonly clock?: Clock | undefined;
  /** An OpenAPI document. @default the spec that this version was built from */
  readonly spec?: Readonly<Record<string, unknown>> | undefined;
}

const MAY_REPEAT =
  "The client's fetch may send a request more than once, so a refusal would not prove that nothing was paid. Give the " +
  "client no fetch, and leave the global one as it is; or, if you know that yours sends each request once, say " +
  "new Dots({ fetchSendsOnce: true }).";

/**
 * Opens an outbox. Everything added to it is sent exactly once, even if a process, a connection or a machine fails in
 * between.
 * @throws OutboxError if the store cannot be used, or belongs to another account, or the client's `fetch` may send a
 * request more than once
 * @example
 * ```ts
 * const outbox = await openOutbox({ store: "run.db", dots });
 * ```
 */
export async function openOutbox(options: OutboxOptions): Promise<Outbox> {
  const { dots, clock = systemClock } = options;
  const api = options.spec === undefined ? bundledApi() : readApi(asDocument(options.spec));
  const { baseUrl, headers, sendsOnce } = accountOf(dots);
  if (!sendsOnce()) throw new OutboxError(MAY_REPEAT);
  const given = accountOptions(api).flatMap(({ option, header }) => {
    const value = headers[header];
    return value === undefined ? [] : [[option, value] as const];
  });
  const account = { baseUrl, options: Object.fromEntries(given) };
  const times = readTimes(options.times);
  const context = {
    store: await openStore(options.store, account, clock.wall(), times),
    api,
    sender: clientSender(dots),
    reader: clientReader(dots),
    clock,
    serverClock: new ServerClock(clock),
    times,
    client: () => accountMark(dots),
  };
  return new Outbox(context, new Composer(api, account, times));
}

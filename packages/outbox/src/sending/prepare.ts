import { setTimeout as sleep } from "node:timers/promises";
import { isApiFailure, isFinal, isUnauthorized } from "../api/failures.ts";
import { type Context, readTime } from "../engine/context.ts";
import { type LookUp, listedKinds, lookUp } from "../engine/look-up.ts";
import { messageOf, OutboxError } from "../outbox-error.ts";
import type { LedgerStatus } from "../store/status.ts";

/** How often the API's list is requested before giving up. */
const TRIES = 4;

/** The run was stopped before its first request. */
export class StoppedBefore extends OutboxError {}

/** The API is temporarily unavailable. */
export class ApiAwayError extends OutboxError {}

/**
 * Prepares a run before its first request: the ledger must be the same as before, the credentials must work, and the
 * list must show nothing unknown to the ledger. Rows that may not be sent again are given up.
 * @param client identifies the credentials
 * @param startOver gives a row a new key, if that is safe now
 * @returns how many rows wait for a new key
 * @throws OutboxError if nothing may be sent; StoppedBefore if the signal aborts
 */
export async function prepare(
  context: Context,
  client: string,
  startOver: (id: string) => Promise<void>,
  signal: AbortSignal | undefined,
): Promise<number> {
  const { store, serverClock, times } = context;
  await requireGoing(context);
  await store.begin(serverClock.read());
  await askWitness(context, signal);
  const waiting = await startAllOver(context, startOver);
  await store.sweep(serverClock.read(), client, times.apart);
  return waiting;
}

/**
 * Checks against the list whether the ledger has lost something.
 * @throws OutboxError if nothing may be sent, ApiAwayError if the list cannot be read
 */
export async function askWitness(context: Context, signal: AbortSignal | undefined): Promise<void> {
  const { store } = context;
  const { knownUntil, oldestOpen } = await requireGoing(context);
  const began = await readTime(context);
  await askList(context, Math.min(knownUntil, oldestOpen ?? knownUntil), signal);
  await store.witnessed(began);
}

/** @throws OutboxError if a person has to check the ledger first */
export async function requireGoing({ store }: Context): Promise<LedgerStatus> {
  const status = await store.status();
  if (status.stopped === undefined) return status;
  throw new OutboxError(`${status.stopped}. Nothing is sent; run recover.`);
}

/** @returns how many rows wait for a new key that they cannot get yet */
export async function startAllOver(
  { store, serverClock }: Context,
  startOver: (id: string) => Promise<void>,
): Promise<number> {
  let waiting = 0;
  for (const id of await store.startOver(serverClock.read())) {
    try {
      await startOver(id);
    } catch (error) {
      if (!(error instanceof OutboxError)) throw error;
      waiting += 1;
    }
  }
  return waiting;
}

/** @throws OutboxError if the list cannot be read, or shows that the ledger went back in time. */
async function askList(context: Context, since: number, signal: AbortSignal | undefined): Promise<void> {
  if (listedKinds(context).length === 0) return;
  const { unknown } = await patientLookUp(context, since, signal);
  const [first] = unknown;
  if (first === undefined || !(await context.store.status()).hasSent) return;
  const reason =
    `The API has created ${unknown.length === 1 ? "an object" : `${unknown.length} objects`} for rows that this store has not sent, such as ` +
    `${first.id} for ${first.reference}. It was restored from a backup, or another store uses the same IDs`;
  await context.store.stop(reason);
  throw new OutboxError(`${reason}. Nothing is sent; run recover.`);
}

async function patientLookUp(
  context: Context,
  since: number,
  signal: AbortSignal | undefined,
): Promise<LookUp> {
  for (let tries = 1; ; tries += 1) {
    try {
      return await lookUp(context, since, "enough", undefined, signal);
    } catch (error) {
      if (!isApiFailure(error)) throw error;
      if (signal?.aborted === true) throw new StoppedBefore("The run was stopped");
      if (isUnauthorized(error)) {
        throw new OutboxError(`The API does not accept the credentials: ${messageOf(error)}`);
      }
      if (isFinal(error) || tries === TRIES) {
        throw new ApiAwayError(`The API's list cannot be read, so nothing is sent: ${messageOf(error)}`);
      }
    }
    await sleep(500 * 2 ** tries, undefined, { signal }).catch(() => {
      throw new StoppedBefore("The run was stopped");
    });
  }
}

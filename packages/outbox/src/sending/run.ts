import { isApiFailure } from "../api/failures.ts";
import type { Context } from "../engine/context.ts";
import { lookUp } from "../engine/look-up.ts";
import { type Stop, type Summary, Tallies } from "../engine/summary.ts";
import { messageOf, OutboxError } from "../outbox-error.ts";
import { enter } from "./enter.ts";
import { prepare, requireGoing, StoppedBefore } from "./prepare.ts";
import { Sending } from "./sending.ts";
import { requireLimits, type SendingOptions } from "./sending-options.ts";

/** What a run needs. */
export interface RunOptions extends SendingOptions {
  /** Gives a row a new key, if that is safe now. */
  readonly startOver: (id: string) => Promise<void>;
}

/**
 * Sends everything that may be sent, until each row is decided or something stops it.
 * @throws OutboxError if nothing can be sent: another sender is active, the ledger was restored, or the credentials are
 * wrong. Nothing was sent then.
 */
export async function run(context: Context, options: RunOptions): Promise<Summary> {
  requireLimits(options);
  const { store } = context;
  const lock = await store.lockSender();
  try {
    const client = await context.client();
    await requireGoing(context);
    const entered = await enter(context, client, options);
    const waiting = await prepareUnlessStopped(context, client, options);
    let tallies = new Tallies(await store.tally());
    const sending = new Sending(context, client, { ...options, ...entered }, tallies);
    let stopped = await sending.run();
    try {
      await store.sweep(context.serverClock.read(), client, context.times.apart);
      await lookBack(context, options.signal);
      // Others may have added rows in the meantime.
      tallies = new Tallies(await store.tally());
      stopped ??= leftOver(tallies, waiting);
      if (stopped !== undefined) await store.pause(stopped.message);
    } catch (error) {
      if (!(error instanceof OutboxError)) throw error;
      // Requests were sent, so it must not look as if the run had not started.
      stopped ??= { by: "store", message: messageOf(error) };
    }
    return {
      counts: tallies.counts,
      total: tallies.total,
      alarms: (await store.alarms()).length,
      stopped,
      requests: sending.requests,
    };
  } finally {
    lock.release();
  }
}

/** A run that was stopped before its first request has a summary too. */
async function prepareUnlessStopped(
  context: Context,
  client: string,
  { startOver, signal }: RunOptions,
): Promise<number> {
  try {
    return await prepare(context, client, startOver, signal);
  } catch (error) {
    if (error instanceof StoppedBefore) return 0;
    throw error;
  }
}

/** Looks for unresolved rows: most are in the list by now. */
async function lookBack(context: Context, signal: AbortSignal | undefined): Promise<void> {
  const { store } = context;
  const isUnresolved = (await store.tally()).some(({ state, rows }) => state === "unresolved" && rows > 0);
  if (!isUnresolved || signal?.aborted === true) return;
  const { oldestOpen } = await store.status();
  if (oldestOpen === undefined) return;
  try {
    await lookUp(context, oldestOpen, "enough", undefined, signal);
  } catch (error) {
    if (!isApiFailure(error)) throw error;
    // The next run looks for it again.
  }
}

/** Why rows are left although nothing has stopped the run. */
function leftOver(tallies: Tallies, waiting: number): Stop | undefined {
  const { pending, sending } = tallies.counts;
  const rows = pending.rows + sending.rows + waiting;
  if (rows === 0) return undefined;
  return {
    by: "waiting",
    message:
      `${rows === 1 ? "1 row is" : `${rows} rows are`} not decided yet: the last request may still be carried out. ` +
      "Run resume in about ten minutes",
  };
}

import type { Context } from "../engine/context.ts";
import { type Stop, Tallies } from "../engine/summary.ts";
import { OutboxError } from "../outbox-error.ts";
import { Caretaker } from "./caretaker.ts";
import { enter } from "./enter.ts";
import { requireGoing } from "./prepare.ts";
import { Sending } from "./sending.ts";
import { requireLimits, type WorkOptions } from "./sending-options.ts";

/** What a worker has done. */
export interface Worked {
  /** How many requests it has sent. */
  readonly requests: number;
  /** Why it ended. */
  readonly stopped: Stop;
}

/**
 * Sends existing and new rows, together with other workers, until it is stopped.
 * @param startOver gives a row a new key, if that is safe now
 * @throws OutboxError if nothing can be sent
 */
export async function work(
  context: Context,
  options: WorkOptions,
  startOver: (id: string) => Promise<void>,
): Promise<Worked> {
  requireLimits(options);
  const { store } = context;
  if (!store.isShared) throw new OutboxError("Workers need a store in PostgreSQL: postgres://…");
  await store.lockSender();
  await requireGoing(context);
  const client = await context.client();
  const entered = await enter(context, client, options);
  // The reason why an earlier run ended is outdated.
  await store.pause(undefined);
  const sending = new Sending(context, client, { ...options, ...entered, isWorker: true }, new Tallies([]));
  const caretaker = new Caretaker(context, client, sending, options, startOver);
  try {
    const stop = await sending.run();
    return {
      requests: sending.requests,
      stopped: stop ?? { by: "signal", message: "The worker was stopped" },
    };
  } finally {
    await caretaker.end();
  }
}

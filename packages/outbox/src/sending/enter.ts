import type { Context } from "../engine/context.ts";
import { processName } from "../process-name.ts";
import type { Limits } from "../store/settings.ts";
import type { SendingOptions } from "./sending-options.ts";

/** The result of a sender's start. */
export interface Entered {
  /** The limits that apply to it and to all others. */
  readonly limits: Limits;
  /** Who it is, for the store's log. */
  readonly who: string;
}

/**
 * Registers a sender in the store, with the limits that apply to all senders from now on.
 * @param client identifies the credentials
 * @throws OutboxError if another client sends from this store
 */
export async function enter(
  { store, serverClock }: Context,
  client: string,
  { perSecond, maxTotal, maxAmount, newClient = false, who = processName() }: SendingOptions,
): Promise<Entered> {
  const entry = { client, isNewClient: newClient, limits: { perSecond, maxTotal, maxAmount }, who };
  return { limits: await store.enter(entry, serverClock.read()), who };
}

import type { Context } from "../engine/context.ts";
import { processName } from "../process-name.ts";
import type { Limits } from "../store/settings.ts";
import type { SendingOptions } from "./sending-options.ts";

/** What a sender has come to be by entering. */
export interface Entered {
  /** What holds for it and all others. */
  readonly limits: Limits;
  /** Who it is, for the store's log. */
  readonly who: string;
}

/**
 * Tells the store who begins to send, and what is to hold from now on for all that send from it.
 * @param client names the credentials
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

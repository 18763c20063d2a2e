import type { Sent } from "../api/sender.ts";
import type { Context } from "../engine/context.ts";
import { elapsed, type Moment } from "../ledger/clock.ts";
import { messageOf } from "../outbox-error.ts";
import type { Ticket } from "../store/turn.ts";

/**
 * Sends the request of a ticket.
 * @param client identifies the credentials
 * @param claimed when its row was claimed
 */
export function sendTicket(
  { api, sender, clock, times }: Context,
  client: string,
  { call, body, key, age, tries }: Ticket,
  claimed: Moment,
): Promise<Sent> {
  const keyAge = tries === 1 ? undefined : age + elapsed(claimed, clock);
  const { operation } = api.call(call);
  return sender
    .send({ call, operation, body, key, keyAge, client, timeout: times.timeout })
    .catch((error: unknown) => ({ kind: "lost" as const, reason: messageOf(error) }));
}

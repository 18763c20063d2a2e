import type { Core } from "../core.ts";
import type { EventShape } from "./event-bodies.ts";
import { type Receiver, sendEvent } from "./send-event.ts";
import { createWebhooks, type Webhooks } from "./webhooks.ts";

/** Tells a receiver of all that happens to the resources of a mock. */
export function tellReceiver(core: Core, receiver: Receiver, shape: EventShape): Webhooks {
  const webhooks = createWebhooks(core.clock, (id, body, signal) => sendEvent(receiver, id, body, signal));
  core.events.add((fired) => {
    const body = core.bodyOf(fired, shape);
    if (body !== undefined) webhooks.tell(fired.event, fired.kept.id, JSON.stringify(body));
  });
  return webhooks;
}

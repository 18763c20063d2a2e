import type { Core } from "../core.ts";
import { namespaceIn } from "../store/owner.ts";
import type { Store } from "../store/store.ts";
import { eventBody } from "./event-bodies.ts";
import { KeptDeliveries } from "./kept-deliveries.ts";
import type { Receivers } from "./receivers.ts";
import { sendEvent } from "./send-event.ts";
import { type Told, Webhooks } from "./webhooks.ts";

/** Sends receivers everything that happens to a mock's resources. */
export function tellReceivers(core: Core, store: Store, receivers: Receivers): Webhooks {
  const webhooks = new Webhooks(
    core.clock,
    async ({ delivery, namespace, isOwn }, signal) => {
      const receiver = isOwn ? receivers.named(namespace) : receivers.of(namespace);
      if (receiver === undefined) throw new Error("there is no receiver");
      return sendEvent(receiver, delivery.id, delivery.body, signal);
    },
    new KeptDeliveries(store),
  );
  core.life.tellOf({
    isHeard: () => receivers.areThere,
    write: (fired) =>
      webhooks.write(
        fired.flatMap((one): Told[] => {
          const namespace = namespaceIn(one.kept.owner);
          const receiver = receivers.of(namespace);
          const body = receiver && eventBody(core.spec.document, core.spec.lives, one, receiver.shape);
          if (body === undefined) return [];
          const isOwn = receivers.named(namespace) !== undefined;
          return [{ event: one.event, resource: one.kept.id, body: JSON.stringify(body), namespace, isOwn }];
        }),
      ),
  });
  return webhooks;
}

import { httpUrl, text } from "../checked-values.ts";
import { shapeOf } from "../webhooks/event-bodies.ts";
import type { Receivers } from "../webhooks/receivers.ts";
import { requireSecret } from "../webhooks/send-event.ts";
import type { Endpoint } from "./endpoint.ts";

/** The event receiver of one namespace, or of all others. The secret is never shown. */
export function receiverEndpoints(receivers: Receivers): readonly Endpoint[] {
  const told = (namespace: string | undefined) => {
    const receiver = receivers.named(namespace);
    return receiver === undefined ? { url: null } : { url: receiver.url, shape: receiver.shape };
  };
  return [
    { method: "GET", path: "/receiver", answer: ({ namespace }) => told(namespace) },
    {
      method: "PUT",
      path: "/receiver",
      async answer({ namespace, json }) {
        const { url, secret, shape = "published" } = await json(["url", "secret", "shape"]);
        receivers.name(namespace, {
          url: httpUrl("url", url),
          secret: requireSecret(text("secret", secret)),
          shape: shapeOf("shape", shape),
        });
        return told(namespace);
      },
    },
    { method: "DELETE", path: "/receiver", answer: ({ namespace }) => receivers.name(namespace, undefined) },
  ];
}

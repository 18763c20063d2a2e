import { flag, whole } from "../checked-values.ts";
import type { Core } from "../core.ts";
import type { Receivers } from "../webhooks/receivers.ts";
import type { Webhooks } from "../webhooks/webhooks.ts";
import { refuse } from "../wire/refusal.ts";
import type { Endpoint } from "./endpoint.ts";

/** The events sent to receivers. */
export function deliveryEndpoints(core: Core, webhooks: Webhooks, receivers: Receivers): readonly Endpoint[] {
  const some = (): Webhooks => {
    if (receivers.areThere) return webhooks;
    throw refuse(409, "webhooks", "There is no event receiver. Start the mock with --webhook-url.");
  };
  return [
    { method: "GET", path: "/deliveries", answer: ({ namespace }) => webhooks.list(core.isIn(namespace)) },
    {
      method: "POST",
      path: "/deliveries/:id/send",
      answer: ({ names }) => some().sendAgain(names["id"] ?? ""),
    },
    { method: "POST", path: "/deliveries/hold", answer: () => some().hold() },
    {
      method: "POST",
      path: "/deliveries/release",
      async answer({ json }) {
        const { reversed = false, times = 1 } = await json(["reversed", "times"]);
        some().release(flag("reversed", reversed), whole("times", times, 1, 100));
      },
    },
  ];
}

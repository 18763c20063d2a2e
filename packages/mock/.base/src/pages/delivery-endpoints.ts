import { flag, whole } from "../checked-values.ts";
import type { Webhooks } from "../webhooks/webhooks.ts";
import { refuse } from "../wire/refusal.ts";
import type { Endpoint } from "./endpoint.ts";

/** The events that are told to a receiver. @param webhooks `undefined` where nobody is told */
export function deliveryEndpoints(webhooks: Webhooks | undefined): readonly Endpoint[] {
  const some = (): Webhooks => {
    if (webhooks === undefined) {
      throw refuse(409, "webhooks", "Nobody is told of events. Start the mock with --webhook-url.");
    }
    return webhooks;
  };
  return [
    { method: "GET", path: "/deliveries", answer: () => webhooks?.deliveries ?? [] },
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

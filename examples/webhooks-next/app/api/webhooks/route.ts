import { Dots } from "@dots-payouts/client";
import { webhookHandler } from "@dots-payouts/client/webhooks";

// In production a table of your database: functions share no memory.
const handled = new Set<string>();

export const POST = webhookHandler({
  // Read for each request: `next build` also loads this file, and has no secrets.
  secret: () => process.env["DOTS_WEBHOOK_SECRET"] ?? "",
  seen: { has: (id) => handled.has(id), add: (id) => handled.add(id) },
  onEvent: async ({ event, resource }) => {
    if (resource?.kind !== "payoutLink") return;
    const dots = new Dots({ environment: "sandbox", baseUrl: process.env["DOTS_BASE_URL"] });
    // Events come late, twice and in any order, so they only tell you to look.
    const link = await dots.payoutLinks.retrieve(resource.id);
    console.log(`${event ?? "event"}: payout link ${link.id} is ${link.status}`);
  },
});

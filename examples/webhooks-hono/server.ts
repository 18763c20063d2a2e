import { Dots } from "@dots-payouts/client";
import { webhookHandler } from "@dots-payouts/client/webhooks";
import { serve } from "@hono/node-server";
import { Hono } from "hono";

const dots = new Dots({ environment: "sandbox", baseUrl: process.env["DOTS_BASE_URL"] });
// In production a table of your database: it has to survive a restart.
const handled = new Set<string>();

const webhooks = webhookHandler({
  secret: process.env["DOTS_WEBHOOK_SECRET"] ?? "",
  seen: { has: (id) => handled.has(id), add: (id) => handled.add(id) },
  onEvent: async ({ event, resource }) => {
    if (resource?.kind !== "payoutLink") return;
    // Events come late, twice and in any order, so they only tell you to look.
    const link = await dots.payoutLinks.retrieve(resource.id);
    console.log(`${event ?? "event"}: payout link ${link.id} is ${link.status}`);
  },
});

const app = new Hono();
// The request itself: no middleware may read its body first.
app.post("/webhooks", (context) => webhooks(context.req.raw));

serve({ fetch: app.fetch, port: Number(process.env["PORT"] ?? 3000), hostname: "127.0.0.1" }, (address) => {
  console.log("listening on", address);
});

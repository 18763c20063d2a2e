import { Dots } from "@dots-payouts/client";
import { verifyWebhook, WebhookError, type WebhookEvent } from "@dots-payouts/client/webhooks";
import express, { type ErrorRequestHandler } from "express";

const dots = new Dots({ environment: "sandbox", baseUrl: process.env["DOTS_BASE_URL"] });
const secret = process.env["DOTS_WEBHOOK_SECRET"] ?? "";
// In production a table of your database: it has to survive a restart.
const handled = new Set<string>();

async function handle({ event, resource }: WebhookEvent): Promise<void> {
  if (resource?.kind !== "payoutLink") return;
  // Events come late, twice and in any order, so they only tell you to look.
  const link = await dots.payoutLinks.retrieve(resource.id);
  console.log(`${event ?? "event"}: payout link ${link.id} is ${link.status}`);
}

const app = express();

// The raw body: the signature is about these bytes. So express.json() must not come before.
app.post("/webhooks", express.raw({ type: () => true, limit: "2mb" }), async (request, response) => {
  const event = verifyWebhook(request.headers, request.body, secret);
  if (!handled.has(event.deliveryId)) {
    await handle(event);
    handled.add(event.deliveryId);
  }
  response.sendStatus(204);
});

// 400 for a forgery, 413 for a long body, 500 for everything else, so that the sender tries again.
const onError: ErrorRequestHandler = (error, _request, response, _next) => {
  const status = error instanceof WebhookError || error.type === "entity.too.large" ? error.status : 500;
  if (status === 500) console.error(error);
  response.sendStatus(status);
};
app.use(onError);

const server = app.listen(Number(process.env["PORT"] ?? 3000), "127.0.0.1", () => {
  console.log("listening on", server.address());
});

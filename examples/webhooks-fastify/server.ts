import { Dots } from "@dots-payouts/client";
import { verifyWebhook, WebhookError, type WebhookEvent } from "@dots-payouts/client/webhooks";
import Fastify from "fastify";

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

const app = Fastify({ bodyLimit: 2 * 2 ** 20 });

// In a plugin, so that other routes still get parsed JSON.
app.register(async (webhooks) => {
  // The raw body: the signature is about these bytes.
  webhooks.removeAllContentTypeParsers();
  webhooks.addContentTypeParser<Buffer>("*", { parseAs: "buffer" }, (_request, body, done) =>
    done(null, body),
  );

  webhooks.post<{ Body: Buffer }>("/webhooks", async (request, reply) => {
    const event = verifyWebhook(request.headers, request.body, secret);
    if (!handled.has(event.deliveryId)) {
      await handle(event);
      handled.add(event.deliveryId);
    }
    return reply.code(204).send();
  });

  // 400 for a forgery, 413 for a long body, 500 for everything else, so that the sender tries again.
  webhooks.setErrorHandler<Error & { statusCode?: number }>((error, _request, reply) => {
    const status = error instanceof WebhookError ? error.status : error.statusCode === 413 ? 413 : 500;
    if (status === 500) console.error(error);
    return reply.code(status).send();
  });
});

console.log(
  "listening on",
  await app.listen({ port: Number(process.env["PORT"] ?? 3000), host: "127.0.0.1" }),
);

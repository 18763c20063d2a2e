import { once } from "node:events";
import { createServer, type IncomingHttpHeaders } from "node:http";
import type { AddressInfo } from "node:net";
import { text } from "node:stream/consumers";
import { startMock } from "@dots-payouts/mock";
import { Webhook } from "svix";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { BadRequestError, Dots, type DotsError } from "../../src/index.ts";
import { verifyWebhook } from "../../src/webhooks/index.ts";

let mock: Awaited<ReturnType<typeof startMock>>;
let dots: Dots;

beforeAll(async () => {
  mock = await startMock({ port: 0 });
  dots = new Dots({ baseUrl: mock.url, clientId: "client", apiKey: "key" });
});
afterAll(() => mock.close());

describe("the client with the mock of the API", () => {
  it("gets what the API promises from every method", async () => {
    const payee = { country_code: "1", phone_number: "2025550139" };
    const link = await dots.payoutLinks.create({ amount: 1000, delivery: { method: "link" } });
    expect(link).toMatchObject({ amount: 1000, id: expect.any(String), link: expect.any(String) });
    expect(await dots.payouts.send({ amount: 1200, payee })).toMatchObject({ amount: 1200, payee });
    expect(await dots.payoutRequests.create({ amount: 900, payee })).toMatchObject({ amount: 900, payee });
  });

  it("gets the same link again for the same key", async () => {
    const { data, idempotencyKey } = await dots.payoutLinks.create({ amount: 1000 }).withResponse();
    const again = await dots.payoutLinks.create({ amount: 1000 }, { idempotencyKey });
    expect(again.id).toBe(data.id);
  });

  it("hears why a request is refused", async () => {
    const failure = await dots.payoutLinks.create({ amount: -5 }).catch((error: DotsError) => error);
    expect(failure).toBeInstanceOf(BadRequestError);
    expect(failure).toMatchObject({ outcome: "rejected", status: 400, attempts: 1 });
    expect((failure as BadRequestError).body?.message).toMatch(/amount/);
    // The ID leads to the request on the page of the mock.
    expect(failure).toMatchObject({ requestId: String(mock.requests.at(-1)?.id) });
  });
});

describe("the events of the mock", () => {
  it("are taken by verifyWebhook, and by the libraries of others", async () => {
    const secret = "whsec_MfKQ9r8GKYqrTwjUPD8ILPZIo2LaLaSw";
    const requests: { headers: IncomingHttpHeaders; body: string }[] = [];
    const receiver = createServer(async (request, response) => {
      requests.push({ headers: request.headers, body: await text(request) });
      response.writeHead(204).end();
    });
    await once(receiver.listen(0, "127.0.0.1"), "listening");
    const { port } = receiver.address() as AddressInfo;
    const own = await startMock({ webhookUrl: `http://127.0.0.1:${port}/`, webhookSecret: secret });
    try {
      const sender = new Dots({ baseUrl: own.url, clientId: "client", apiKey: "key" });
      const link = await sender.payoutLinks.create({ amount: 1000 });
      await own.move(link.id, "claim");
      await own.webhooks.settled();
      const events = requests.map(({ headers, body }) => verifyWebhook(headers, body, secret));
      expect(events.map(({ deliveryId }) => deliveryId)).toEqual(own.webhooks.deliveries.map(({ id }) => id));
      expect(events.map(({ body }) => body)).toContainEqual(
        expect.objectContaining({ id: link.id, status: "claimed" }),
      );
      for (const { headers, body } of requests) {
        const given = Object.fromEntries(
          Object.entries(headers).map(([name, value]) => [name, String(value)]),
        );
        expect(() => new Webhook(secret).verify(body, given)).not.toThrow();
        expect(() => new Webhook(secret).verify(`${body} `, given)).toThrow();
        expect(() => verifyWebhook(headers, `${body} `, secret)).toThrow();
      }
    } finally {
      await own.close();
      receiver.closeAllConnections();
      receiver.close();
    }
  });
});

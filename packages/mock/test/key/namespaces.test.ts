import { randomUUID } from "node:crypto";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { type Mock, startMock } from "../../src/index.ts";
import { eventReceiver, SECRET } from "../life/receiver.ts";
import { post, send } from "../send.ts";

const by = (client: string, app?: string): Record<string, string> => ({
  authorization: `Basic ${btoa(`${client}:key`)}`,
  ...(app === undefined ? {} : { "api-app-id": app }),
});
const ADA = by("ada");
const BOB = by("bob");
const APP = by("ada", "11111111-1111-4111-8111-111111111111");
/** No credentials: requests are about all namespaces. */
const ALL = { authorization: "" };

let mock: Mock;
beforeAll(async () => {
  mock = await startMock();
});
afterAll(() => mock.close());

const create = async (headers: Record<string, string>, more: object = {}, at = mock) =>
  post(`${at.url}/v2/payout-links`, { amount: 1_000, ...more }, headers);
const list = async (path: string, headers: Record<string, string>, at = mock) => {
  const { text } = await send("GET", `${at.url}/__mock/${path}`, headers);
  const all: Record<string, unknown>[] = JSON.parse(text);
  return all;
};

describe("a namespace", () => {
  it("has its own requests and resources, and without credentials all are listed", async () => {
    await mock.reset();
    for (const headers of [ADA, BOB, APP]) await create(headers);
    for (const [headers, count] of [
      [ADA, 1],
      [BOB, 1],
      [APP, 1],
      [by("eve"), 0],
      [ALL, 3],
    ] as const) {
      expect(await list("requests", headers)).toHaveLength(count);
      expect(await list("resources?kind=payoutLink", headers)).toHaveLength(count);
    }
    expect(mock.namespace("ada").requests).toHaveLength(1);
    const app = mock.namespace("ada", { "Api-App-Id": APP["api-app-id"] ?? "" });
    expect(app.requests).toEqual([mock.requests[2]]);
    expect(await app.resources()).toHaveLength(2);
  });

  it("includes its requests that were refused before their client was known", async () => {
    await mock.reset();
    await send("GET", `${mock.url}/nowhere`, ADA);
    expect(await list("requests", ADA)).toMatchObject([{ status: 404 }]);
    expect(await list("requests", BOB)).toEqual([]);
  });

  it("can be forgotten without the others", async () => {
    await mock.reset();
    const idempotency_key = randomUUID();
    const before = await Promise.all([ADA, BOB, APP].map((one) => create(one, { idempotency_key })));
    mock.respondNext({ status: 429 });
    mock.namespace("ada").respondNext({ status: 402 });
    expect((await send("DELETE", `${mock.url}/__mock/state`, ADA)).status).toBe(204);
    expect(mock.pending).toMatchObject([{ answer: { status: 429 } }]);
    expect(await list("requests", ADA)).toEqual([]);
    expect(await list("resources", ADA)).toEqual([]);
    await send("DELETE", `${mock.url}/__mock/answers`, ALL);
    const after = await Promise.all([ADA, BOB, APP].map((one) => create(one, { idempotency_key })));
    expect(after.map(({ text }, index) => text === before[index]?.text)).toEqual([false, true, true]);
    await send("DELETE", `${mock.url}/__mock/state`, ALL);
    expect(mock.requests).toEqual([]);
  });

  it("uses the answers that were planned for it or for all", async () => {
    await mock.reset();
    await post(`${mock.url}/__mock/answers`, { status: 402 }, BOB);
    await post(`${mock.url}/__mock/answers`, { status: 429 }, ALL);
    expect(await list("answers", BOB)).toMatchObject([{ answer: { status: 402 } }]);
    expect(await list("answers", ALL)).toHaveLength(2);
    const statuses = [];
    for (const headers of [ADA, ADA, BOB, BOB]) statuses.push((await create(headers)).status);
    expect(statuses).toEqual([429, 200, 402, 200]);
  });

  it("can have its own receiver of events", async () => {
    await using usual = await eventReceiver();
    await using own = await eventReceiver();
    await using told = await startMock({ webhookUrl: usual.url, webhookSecret: SECRET });
    const answer = await send(
      "PUT",
      `${told.url}/__mock/receiver`,
      BOB,
      JSON.stringify({ url: own.url, secret: SECRET }),
    );
    expect(answer.body).toEqual({ url: own.url, shape: "published" });
    const made = [await create(ADA, {}, told), await create(BOB, {}, told)];
    await told.webhooks.settled();
    const about = [usual, own].map(({ received }) => received.map(({ body }) => body["id"]));
    expect(about).toEqual(made.map(({ body }) => [body["id"]]));
    expect(await list("deliveries", BOB, told)).toMatchObject([{ resource: made[1]?.body["id"] }]);
    expect(told.namespace("ada").webhooks.deliveries).toMatchObject([{ resource: made[0]?.body["id"] }]);
    await send("DELETE", `${told.url}/__mock/receiver`, BOB);
    await create(BOB, {}, told);
    await told.webhooks.settled();
    expect(usual.received).toHaveLength(2);
  });

  it.each([
    [{ url: "ftp://x", secret: SECRET }, "url needs"],
    [{ url: "http://127.0.0.1:9/", secret: "s3cret" }, "whsec_"],
    [{ url: "http://127.0.0.1:9/", secret: SECRET, shape: "x" }, "shape needs"],
  ])("refuses an invalid receiver: %j", async (receiver, says) => {
    const answer = await send("PUT", `${mock.url}/__mock/receiver`, BOB, JSON.stringify(receiver));
    expect(answer.status).toBe(400);
    expect(answer.body["message"]).toContain(says);
    expect(answer.text).not.toContain("s3cret");
  });
});

describe("a shared mock", () => {
  it("lets all clients and apps share everything", async () => {
    await using shared = await startMock({ shared: true });
    const { body } = await create(ADA, {}, shared);
    const read = await send("GET", `${shared.url}/v2/payout-links/${body["id"]}`, BOB);
    expect(read.body).toEqual(body);
    await send("DELETE", `${shared.url}/__mock/state`, BOB);
    expect(shared.requests).toEqual([]);
    expect(await shared.resources()).toEqual([]);
  });
});

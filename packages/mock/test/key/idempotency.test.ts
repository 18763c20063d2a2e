import { randomUUID } from "node:crypto";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { type Mock, startMock } from "../../src/index.ts";
import { post } from "../send.ts";

let mock: Mock;
let links: string;
beforeAll(async () => {
  mock = await startMock();
  links = `${mock.url}/v2/payout-links`;
});
afterAll(() => mock.close());

describe("an idempotency key", () => {
  it("returns the first answer again, even if the body differs", async () => {
    const idempotency_key = randomUUID();
    const first = await post(links, { amount: 5, idempotency_key });
    const again = await post(links, { amount: 6, idempotency_key });
    expect(again.status).toBe(first.status);
    expect(again.text).toBe(first.text);
  });

  it("does not count if it is null or absent", async () => {
    const bodies = [{ amount: 5, idempotency_key: null }, { amount: 5 }];
    const ids = await Promise.all(
      [...bodies, ...bodies].map(async (body) => (await post(links, body)).body["id"]),
    );
    expect(new Set(ids).size).toBe(4);
  });

  it("only counts for one operation and one client", async () => {
    const idempotency_key = randomUUID();
    const payee = { country_code: "1", phone_number: "2025550139" };
    const other = { authorization: `Basic ${Buffer.from("other:key").toString("base64")}` };
    const ids = [
      (await post(links, { amount: 5, idempotency_key })).body["id"],
      (await post(links, { amount: 5, idempotency_key }, other)).body["id"],
      (await post(`${mock.url}/v2/payouts/send-payout`, { amount: 5, payee, idempotency_key })).body["id"],
    ];
    expect(new Set(ids).size).toBe(3);
  });

  it("is not used up by a refused request", async () => {
    const idempotency_key = randomUUID();
    expect((await post(links, { amount: 0, idempotency_key })).status).toBe(400);
    expect((await post(links, { amount: 5, idempotency_key })).body["amount"]).toBe(5);
  });

  it("creates one resource for 50 requests at once", async () => {
    const idempotency_key = randomUUID();
    const texts = await Promise.all(
      Array.from(
        { length: 50 },
        async (_, index) => (await post(links, { amount: index + 1, idempotency_key })).text,
      ),
    );
    expect(new Set(texts).size).toBe(1);
  });

  it("counts separately for each app, in any letter case", async () => {
    const idempotency_key = randomUUID();
    const send = async (key: string, app: Record<string, string>) =>
      (await post(links, { amount: 5, idempotency_key: key }, app)).body["id"];
    const first = await send(idempotency_key, { "api-app-id": "one" });
    expect(await send(idempotency_key.toUpperCase(), { "api-app-id": "one" })).toBe(first);
    expect(await send(idempotency_key, { "api-app-id": "two" })).not.toBe(first);
    expect(await send(idempotency_key, {})).not.toBe(first);
  });

  it("returns the first answer again, even if another success is requested", async () => {
    const idempotency_key = randomUUID();
    const first = await post(links, { amount: 5, idempotency_key }, { prefer: "code=201" });
    expect(first.status).toBe(201);
    expect((await post(links, { amount: 5, idempotency_key })).status).toBe(201);
    const again = await post(links, { amount: 5, idempotency_key }, { prefer: "code=200" });
    expect([again.status, again.text]).toEqual([200, first.text]);
  });

  it("is forgotten after a reset", async () => {
    await using own = await startMock();
    const body = { amount: 5, idempotency_key: randomUUID() };
    const first = await post(`${own.url}/v2/payout-links`, body);
    await own.reset();
    expect(own.requests).toEqual([]);
    expect((await post(`${own.url}/v2/payout-links`, body)).text).not.toBe(first.text);
  });
});

import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { type Mock, startMock } from "../../src/index.ts";
import { AUTHORIZATION, post } from "../send.ts";

const UUID = /^[0-9a-f]{8}-[0-9a-f]{4}-4[0-9a-f]{3}-[89ab][0-9a-f]{3}-[0-9a-f]{12}$/;

let mock: Mock;
beforeAll(async () => {
  mock = await startMock();
});
afterAll(() => mock.close());

describe("a valid request", () => {
  it("gets the documented status and the values that it sent", async () => {
    const payee = { country_code: "1", phone_number: "2025550139" };
    const sent = await post(`${mock.url}/v2/payouts/send-payout`, {
      amount: 725,
      payee,
      metadata: { a: [1] },
    });
    expect(sent.status).toBe(201);
    expect(sent.headers.get("content-type")).toBe("application/json");
    expect(sent.body).toMatchObject({ amount: 725, payee, metadata: { a: [1] }, status: "created" });
  });

  it("gets a new ID, a new link and the current time each time", async () => {
    const before = Date.now();
    const one = await post(`${mock.url}/v2/payout-links`, { amount: 1 });
    const two = await post(`${mock.url}/v2/payout-links`, { amount: 1 });
    expect(one.body["id"]).toMatch(UUID);
    expect(two.body["id"]).not.toBe(one.body["id"]);
    expect(two.body["link"]).not.toBe(one.body["link"]);
    expect(Date.parse(String(one.body["created"]))).toBeGreaterThanOrEqual(before);
  });

  it("gets back only what it sent", async () => {
    const { body } = await post(`${mock.url}/v2/payout-requests`, {
      amount: 5,
      payee: { country_code: "1", phone_number: "2025550139" },
    });
    expect(Object.keys(body).sort()).toEqual(["amount", "created", "id", "payee", "payout-link", "status"]);
    expect(body["payout-link"]).toBeNull();
  });

  it("gets back only what the response allows in that place", async () => {
    const content = (schema: object, example: object) => ({ "application/json": { schema, example } });
    const size = (values: string[]) => ({
      type: "object",
      properties: { size: { enum: values }, name: { type: "string" } },
    });
    const created = {
      description: "Made.",
      "x-echo": { "/size": "/size", "/name": "/name" },
      content: content(size(["small"]), { size: "small", name: "A" }),
    };
    const requestBody = { content: content(size(["small", "large"]), {}) };
    const paths = { "/cups": { post: { requestBody, responses: { "201": created } } } };
    const spec = { openapi: "3.1.0", info: { title: "Cups", version: "1" }, paths };
    await using small = await startMock({ spec });
    const { status, body } = await post(`${small.url}/cups`, { size: "large", name: "B" });
    expect(status).toBe(201);
    expect(body).toEqual({ name: "B" });
  });

  it("gets back keys that are special to JavaScript", async () => {
    const { text } = await post(
      `${mock.url}/v2/payout-links`,
      '{"amount":5,"metadata":{"__proto__":{"a":1}}}',
    );
    expect(text).toContain('"metadata":{"__proto__":{"a":1}}');
  });

  it("is also served below the base path of each server", async () => {
    expect((await post(`${mock.url}/api/v2/payout-links`, { amount: 5 })).status).toBe(200);
  });
});

describe("a success with a condition", () => {
  it("is returned for requests that meet it", async () => {
    const { status, body } = await post(`${mock.url}/v2/payout-links`, { amount: 5, funding_source: "ach" });
    expect(status).toBe(202);
    expect(body).toMatchObject({ amount: 5, funding_source: "ach", status: "funds_pending" });
    const other = { amount: 5, funding_source: "dots_balance" };
    expect((await post(`${mock.url}/v2/payout-links`, other)).status).toBe(200);
  });
});

describe("a seed", () => {
  it("repeats IDs and times", async () => {
    const answers = await Promise.all(
      [7, 7, 8].map(async (seed) => {
        await using seeded = await startMock({ seed });
        return (await post(`${seeded.url}/v2/payout-links`, { amount: 5 })).text;
      }),
    );
    expect(answers[0]).toBe(answers[1]);
    expect(answers[0]).not.toBe(answers[2]);
    expect(JSON.parse(answers[0] ?? "").id).toMatch(UUID);
  });
});

describe("Prefer", () => {
  it("chooses the example, like Prism", async () => {
    const { status, body } = await post(
      `${mock.url}/v2/payout-links`,
      { amount: 5 },
      { prefer: "example=claimed" },
    );
    expect(status).toBe(200);
    expect(body).toMatchObject({ status: "claimed", amount: 4250 });
  });

  it("chooses the status", async () => {
    const { status, body } = await post(`${mock.url}/v2/payout-links`, { amount: 5 }, { prefer: "code=503" });
    expect(status).toBe(503);
    expect(body).toEqual({ message: "Something went wrong. Try again later." });
  });

  it("creates a resource if it chooses another success by its status", async () => {
    const key = "0b7f6a52-3c4d-4f7e-9d0a-51d2b0c9e4f8";
    const sent = { amount: 5, idempotency_key: key };
    const first = await post(`${mock.url}/v2/payout-links`, sent, { prefer: "code=201" });
    expect([first.status, first.body["amount"]]).toEqual([201, 5]);
    expect((await post(`${mock.url}/v2/payout-links`, sent)).text).toBe(first.text);
    const read = await fetch(`${mock.url}/v2/payout-links/${first.body["id"]}`, {
      headers: { authorization: AUTHORIZATION },
    });
    expect([read.status, await read.text()]).toEqual([200, first.text]);
  });

  it("chooses generated data", async () => {
    const { status, body } = await post(
      `${mock.url}/v2/payout-links`,
      { amount: 5 },
      { prefer: "dynamic=true" },
    );
    expect(status).toBe(200);
    expect(body["id"]).toBeTypeOf("string");
    expect(String(body["link"])).not.toContain("links.example.com");
  });

  it("does not make an invalid request valid", async () => {
    const { status } = await post(`${mock.url}/v2/payout-links`, { amount: 0 }, { prefer: "code=200" });
    expect(status).toBe(400);
  });
});

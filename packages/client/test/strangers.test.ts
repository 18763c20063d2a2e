import { describe, expect, it } from "vitest";
import { client, failure, LINK } from "./client.ts";
import { json, serve } from "./server.ts";

const BODY = { amount: 1000 };

function fail(): never {
  throw new Error("out of order");
}

describe("a function of the caller that throws", () => {
  it.each([
    ["clientId", "logging in failed: out of order", 0],
    ["apiKey", "logging in failed: out of order", 0],
    ["onRequest", "onRequest failed: out of order", 0],
  ])("ends the call before anything is sent: %s", async (name, message, requests) => {
    const { url, seen } = await serve(json(200, LINK));
    const error = await failure(client(url, { [name]: fail }).payoutLinks.create(BODY));
    expect(error).toMatchObject({
      name: "ConfigurationError",
      outcome: "not_sent",
      operation: "createPayoutLink",
    });
    expect(error.message).toContain(message);
    expect(seen).toHaveLength(requests);
  });

  it.each([
    [200, "unknown"],
    [400, "rejected"],
    [500, "unknown"],
  ])("does not hide what became of the money: onResponse after %i", async (status, outcome) => {
    const { url, seen } = await serve(json(status, LINK));
    const error = await failure(client(url, { onResponse: fail }).payoutLinks.create(BODY));
    expect(error).toMatchObject({ name: "ConfigurationError", outcome, status });
    expect(error.idempotencyKey).toBe(JSON.parse(seen[0]?.body ?? "").idempotency_key);
    expect(seen).toHaveLength(1);
  });

  it("does not hide what became of the money: onRetry", async () => {
    const { url } = await serve(json(503, {}));
    const error = await failure(client(url, { onRetry: async () => fail() }).payoutLinks.create(BODY));
    expect(error).toMatchObject({ name: "ConfigurationError", outcome: "unknown", attempts: 1 });
    expect(error.cause).toMatchObject({ name: "ServerError", status: 503 });
  });

  it("counts as a broken connection: fetch", async () => {
    let calls = 0;
    const fetch = (): never => {
      calls += 1;
      return fail();
    };
    const error = await failure(client("http://127.0.0.1:9", { fetch }).payoutLinks.create(BODY));
    expect(error).toMatchObject({ name: "ConnectionError", outcome: "unknown", attempts: 3 });
    expect(calls).toBe(3);
  });

  it.each([undefined, null, "a text", 7, Symbol("s"), Object.create(null)])("may throw %o", async (value) => {
    const apiKey = (): never => {
      throw value;
    };
    const error = await failure(client("http://127.0.0.1:9", { apiKey }).payoutLinks.create(BODY));
    expect(error).toMatchObject({ name: "ConfigurationError", outcome: "not_sent" });
  });

  it.each([undefined, null, {}, "text"])("may give back %o in place of a response", async (value) => {
    // @ts-expect-error a caller without types
    const fetch: typeof globalThis.fetch = async () => value;
    const error = await failure(
      client("http://127.0.0.1:9", { fetch, maxRetries: 0 }).payoutLinks.create(BODY),
    );
    expect(error).toMatchObject({ outcome: "unknown" });
  });
});

describe("a body that is no JSON", () => {
  it("is not sent", async () => {
    const { url, seen } = await serve(json(200, LINK));
    const circle: Record<string, unknown> = {};
    circle["self"] = circle;
    for (const metadata of [circle, { cents: 7n }]) {
      const error = await failure(client(url).payoutLinks.create({ ...BODY, metadata }));
      expect(error).toMatchObject({ name: "InvalidRequestError", outcome: "not_sent" });
    }
    expect(seen).toEqual([]);
  });
});

describe("dots.http", () => {
  it("fails with the same errors", async () => {
    const { url } = await serve(json(400, { message: "No." }));
    const error = await failure(client(url).http.POST("/v2/payout-links", { body: BODY }));
    expect(error).toMatchObject({ name: "BadRequestError", outcome: "rejected", body: { message: "No." } });
  });

  it("does not send the credentials to another server", async () => {
    const { url, seen } = await serve(json(200, LINK));
    const other = await serve(json(200, LINK));
    const call = client(url).http.POST("/v2/payout-links", { body: BODY, baseUrl: other.url });
    expect(await failure(call)).toMatchObject({ outcome: "not_sent" });
    expect([...seen, ...other.seen]).toEqual([]);
  });

  it.each([
    [
      "a base URL that begins like the client's",
      "/v2/payout-links",
      { baseUrl: "https://api.example.com.evil.example" },
    ],
    ["a path that goes on with the host's name", ".evil.example/v2/payout-links", {}],
    ["a path that makes the host a user's name", "@evil.example/v2/payout-links", {}],
    ["a path that goes on with the port", ":8443/v2/payout-links", {}],
  ])(
    "sends the credentials to no server whose URL only begins with the base URL: %s",
    async (_, path, init) => {
      const sent: string[] = [];
      const fetch = async (url: string): Promise<Response> => {
        sent.push(url);
        return Response.json(LINK);
      };
      const { http } = client("https://api.example.com", { fetch });
      // @ts-expect-error a path that the description does not have
      const error = await failure(http.POST(path, { body: BODY, ...init }));
      expect(error).toMatchObject({ name: "ConfigurationError", outcome: "not_sent" });
      expect(sent).toEqual([]);
    },
  );

  it("says what became of the money when middleware throws", async () => {
    const { url } = await serve(json(200, LINK));
    const before = client(url);
    before.http.use({ onRequest: fail });
    expect(await failure(before.http.POST("/v2/payout-links", { body: BODY }))).toMatchObject({
      outcome: "not_sent",
    });
    const after = client(url);
    after.http.use({ onResponse: fail });
    const error = await failure(after.http.POST("/v2/payout-links", { body: BODY }));
    expect(error).toMatchObject({
      name: "ConfigurationError",
      outcome: "unknown",
      idempotencyKey: expect.any(String),
    });
  });
});

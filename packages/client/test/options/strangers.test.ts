import { afterEach, describe, expect, it, onTestFinished, vi } from "vitest";
import { Dots, type DotsError } from "../../src/index.ts";
import { client, failure, LINK } from "../client.ts";
import { json, serve } from "../server.ts";

const BODY = { amount: 1000 };
const KEY = "5f0c8f3a-8f0e-4e0b-9a57-2f6f1f8f7c11";

afterEach(() => vi.restoreAllMocks());

function fail(): never {
  throw new Error("out of order");
}

describe("options that cannot be read", () => {
  it.each([
    [
      "a property that throws",
      {
        get timeout(): never {
          return fail();
        },
      },
    ],
    [
      "a proxy that is revoked",
      ((): object => {
        const { proxy, revoke } = Proxy.revocable({}, {});
        revoke();
        return proxy;
      })(),
    ],
  ])("end the call like any other mistake: %s", async (_, options) => {
    const { url, seen } = await serve(json(200, LINK));
    const error = await failure(client(url).payoutLinks.create(BODY, options));
    expect(error).toMatchObject({ name: "InvalidRequestError", outcome: "unknown" });
    expect(seen).toEqual([]);
  });
});

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

  it.each([200, 400, 500])("changes nothing after an answer: onResponse after %i", async (status) => {
    const warn = vi.spyOn(console, "warn").mockReturnValue();
    const { url } = await serve(json(status, LINK));
    const ending = (onResponse?: () => never): Promise<unknown> =>
      client(url, { onResponse, maxRetries: 0 })
        .payoutLinks.create(BODY, { idempotencyKey: KEY, keyIsNew: true })
        .catch(({ name, message, outcome }: DotsError) => ({ name, message, outcome }));
    expect(await ending(fail)).toEqual(await ending());
    expect(warn.mock.calls).toEqual([["@dots-payouts/client: onResponse failed: out of order"]]);
  });

  it("changes nothing before a retry: onRetry", async () => {
    const warn = vi.spyOn(console, "warn").mockReturnValue();
    const { url } = await serve(json(503, {}), json(200, LINK));
    const onRetry = async (): Promise<never> => fail();
    expect(await client(url, { onRetry }).payoutLinks.create(BODY)).toEqual(LINK);
    expect(warn).toHaveBeenCalledExactlyOnceWith(expect.stringContaining("onRetry failed"));
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
    const error = await failure(call);
    expect(error.outcome).toBe("not_sent");
    expect(error.message).toContain(`${other.url}/v2/payout-links is not below baseUrl`);
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

  it("says what happened to the money when middleware throws", async () => {
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

describe("a polluted prototype", () => {
  const pollute = (values: object): void => {
    Object.assign(Object.prototype, values);
    onTestFinished(() => {
      for (const name of Object.keys(values)) Reflect.deleteProperty(Object.prototype, name);
    });
  };

  it("does not decide where the credentials go, or what is sent", async () => {
    const { url, seen } = await serve(json(200, LINK));
    const evil = await serve(json(200, LINK));
    pollute({
      baseUrl: evil.url,
      idempotencyKey: KEY,
      idempotency_key: KEY,
      keyIsNew: true,
      continue: {},
      deadline: 0,
    });
    const options = {
      environment: "sandbox" as const,
      clientId: "id",
      apiKey: "key",
      fetch: async () => Response.json(LINK),
    };
    await new Dots(options).payoutLinks.create(BODY);
    const dots = new Dots({ ...options, baseUrl: url, fetch: undefined });
    await dots.payoutLinks.create(BODY);
    await dots.payoutLinks.create(BODY, {});
    await dots.http.POST("/v2/payout-links", { body: BODY, baseUrl: url });
    expect(evil.seen).toEqual([]);
    const keys = seen.map(({ body }) => JSON.parse(body).idempotency_key);
    expect(new Set([...keys, KEY]).size).toBe(4);
  });

  it("does not say of a payout that nothing was carried out, or repeat what has no key", async () => {
    pollute({ safe: true, idempotent: true, empty: true, outcome: "rejected", fetchSendsOnce: true });
    const { url, seen } = await serve((_, response) => response.destroy());
    const dots = client(url, { retryDelay: 0 });
    const payee = { country_code: "1", phone_number: "2025550139" };
    expect(await failure(dots.payouts.send({ amount: 1000, payee }))).toMatchObject({ outcome: "unknown" });
    seen.length = 0;
    expect(await failure(dots.payoutRequests.create({ amount: 1000, payee }))).toMatchObject({
      outcome: "unknown",
    });
    expect(seen).toHaveLength(1);
  });

  it("does not take the key from what is sent", async () => {
    const { url, seen } = await serve(json(200, LINK));
    const dots = client(url);
    const { prototype } = Object;
    Object.assign(prototype, { toJSON: () => ({ amount: 1000 }) });
    const call = dots.payoutLinks.create(BODY);
    // What reports the test writes JSON too.
    Reflect.deleteProperty(prototype, "toJSON");
    await call;
    const [request] = seen;
    expect(/^\{"idempotency_key":"[-\da-f]{36}","amount":1000\}$/.test(request?.body ?? "")).toBe(true);
  });
});

describe("a header", () => {
  it.each(["content-length", "Transfer-Encoding", "Host", "connection"])(
    "that is made of the request cannot be given: %s",
    async (name) => {
      const { url, seen } = await serve(json(200, LINK));
      const headers = { [name]: "5" };
      const error = await failure(client(url).payoutLinks.create(BODY, { headers }));
      expect(error).toMatchObject({ name: "InvalidRequestError", outcome: "not_sent" });
      expect(error.message).toContain(`the header ${name} cannot be sent`);
      expect(() => client(url, { headers })).toThrow("cannot be sent");
      expect(seen).toEqual([]);
    },
  );
});

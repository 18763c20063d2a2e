import { randomUUID } from "node:crypto";
import { asDocument, listOperations, type Response } from "@dots-payouts/openapi";
import bundled from "@dots-payouts/spec/openapi.json" with { type: "json" };
import { setupServer } from "msw/node";
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, it } from "vitest";
import { type Mock, startMock } from "../src/index.ts";
import { MockError, mockHandlers } from "../src/msw.ts";
import { AUTHORIZATION, post, send } from "./send.ts";

const SANDBOX = "https://pls.senddotssandbox.com/api";
const LINKS = `${SANDBOX}/v2/payout-links`;

const mock = mockHandlers();
const server = setupServer(...mock.handlers);
beforeAll(() => server.listen({ onUnhandledFrame: "bypass" }));
afterEach(() => {
  server.resetHandlers();
  return mock.reset();
});
afterAll(() => server.close());

/** Every way to choose an example of a response; for a documented range, with one of its statuses. */
function wishesFor({ status, content }: Response, index: number): string[] {
  const code = status.replace("XX", "29");
  const names = content.flatMap(({ examples }) => examples.map(({ name }) => name));
  const named = names.flatMap((name) => [
    `code=${code}, example=${name}`,
    // Without a status, an example of the first success is chosen.
    ...(index === 0 ? [`example=${name}`] : []),
  ]);
  return [`code=${code}`, ...named];
}

/** A text without new IDs and times, because a success chosen by its status creates a resource. */
function withoutFresh(text: string): string {
  return text
    .replaceAll(/[\da-f]{8}(-[\da-f]{4}){3}-[\da-f]{12}/g, "<uuid>")
    .replaceAll(/\d{4}-\d\d-\d\dT[\d:.]+Z?/g, "<time>");
}

/** Each operation, with the wishes for its own answers. Answers that operations share are wished for from the first. */
function operationsWithWishes() {
  const shared = new Set<string>();
  return listOperations(asDocument(bundled)).map((operation) => {
    const wishes = operation.responses.flatMap((response, index) => {
      if (shared.has(response.pointer)) return [];
      shared.add(response.pointer);
      return wishesFor(response, index);
    });
    return { ...operation, wishes };
  });
}

describe("the handlers", () => {
  it("answer for each server of the spec", async () => {
    const other = await post("https://api.dots.dev/api/v2/payout-links", { amount: 5 });
    expect(other.status).toBe(200);
    const { status, headers, body } = await post(LINKS, { amount: 725, metadata: { a: [1] } });
    expect(status).toBe(200);
    expect(headers.get("content-type")).toBe("application/json");
    expect(body).toMatchObject({ amount: 725, metadata: { a: [1] } });
  });

  it("return the first answer for a key", async () => {
    const idempotency_key = randomUUID();
    const first = await post(LINKS, { amount: 5, idempotency_key });
    expect((await post(LINKS, { amount: 6, idempotency_key })).text).toBe(first.text);
    await mock.reset();
    expect((await post(LINKS, { amount: 5, idempotency_key })).text).not.toBe(first.text);
  });

  it("record the requests with their errors, with credentials masked", async () => {
    await post(LINKS, { amount: 0 });
    const [entry] = mock.requests;
    expect(entry).toMatchObject({
      method: "POST",
      path: "/v2/payout-links",
      status: 400,
      body: '{"amount":0}',
      headers: { authorization: "Basic ***" },
      reasons: [{ path: "/amount" }],
    });
  });

  describe("and the server with Prism", () => {
    let real: Mock;
    beforeAll(async () => {
      real = await startMock();
      // Prism is loaded with the first request that needs it.
      await post(`${real.url}/v2/payout-links`, { amount: 5 }, { prefer: "code=401" });
    });
    beforeEach(() => real.reset());
    afterAll(() => real.close());

    it.each(operationsWithWishes())(
      "choose the same documented answers of $id",
      async ({ method, path: template, requestBody, wishes }) => {
        const example = requestBody?.content[0]?.examples[0]?.value;
        const body = example === undefined ? undefined : JSON.stringify(example);
        const path = template.replaceAll(/\{\w+\}/g, "6d1c9a7e-0f5b-4c38-bb1d-2a9f0e7c4d51");
        expect(wishes.length).toBeGreaterThan(1);
        for (const prefer of wishes) {
          const [here, there] = [
            await send(method, SANDBOX + path, { prefer }, body),
            await send(method, real.url + path, { prefer }, body),
          ];
          expect([prefer, here.status, withoutFresh(here.text)]).toEqual([
            prefer,
            there.status,
            withoutFresh(there.text),
          ]);
          expect(here.headers.get("content-type")).toBe(there.headers.get("content-type"));
        }
      },
    );
  });

  it.each(["code=302", "example=none"])("refuse %s, which needs Prism", async (prefer) => {
    const { status, text } = await post(LINKS, { amount: 5 }, { prefer });
    expect(status).toBe(501);
    expect(text).toMatch(/Start the mock as a server/);
  });

  it("generate an answer from its schema, with fresh values", async () => {
    const ids = [];
    for (let sent = 0; sent < 2; sent += 1) {
      const { status, body } = await post(LINKS, { amount: 5 }, { prefer: "dynamic=true" });
      expect(status).toBe(200);
      expect(body).toMatchObject({ amount: expect.any(Number), link: expect.stringMatching(/^https:/) });
      ids.push(body["id"]);
    }
    expect(new Set(ids).size).toBe(2);
  });

  it("read, list and check with parameters", async () => {
    const { body } = await post(LINKS, { amount: 5 });
    expect((await send("GET", `${LINKS}/${body["id"]}`)).body).toEqual(body);
    expect((await send("GET", `${LINKS}?limit=1`)).body).toEqual({ has_more: false, data: [body] });
    expect((await send("GET", `${LINKS}?limit=0`)).body["errors"]).toMatchObject([{ parameter: "limit" }]);
  });

  it("give the planned answers first, and then their own", async () => {
    mock.respondNext({ status: 429, headers: { "retry-after": "1" }, body: { message: "Slow down." } }, 2);
    const answers = [];
    for (let sent = 0; sent < 3; sent += 1) answers.push(await post(LINKS, { amount: 5 }));
    expect(answers.map(({ status }) => status)).toEqual([429, 429, 200]);
    expect(answers[0]?.headers.get("retry-after")).toBe("1");
    expect(answers[0]?.body).toEqual({ message: "Slow down." });
  });

  it("fail in the planned way", async () => {
    mock.respondNext({ fault: "reset" });
    await expect(post(LINKS, { amount: 5 })).rejects.toThrow(TypeError);
    mock.respondNext({ fault: "truncate" });
    await expect(post(LINKS, { amount: 5 })).rejects.toThrow();
    mock.respondNext({ fault: "timeout" });
    const headers = { authorization: AUTHORIZATION, "content-type": "application/json" };
    const init = { method: "POST", headers, body: '{"amount":5}', signal: AbortSignal.timeout(50) };
    await expect(fetch(LINKS, init)).rejects.toThrow(/timeout/);
    await expect(post(LINKS, { amount: 5 }, { prefer: "fault=garble" })).rejects.toThrow(SyntaxError);
    expect((await post(LINKS, { amount: 5 }, { prefer: "fault=status" })).status).toBe(503);
  });

  it("ignore requests to other servers", async () => {
    await using real = await startMock();
    expect((await post(`${real.url}/v2/payout-links`, { amount: 5 })).status).toBe(200);
    expect(real.requests).toHaveLength(1);
    expect(mock.requests).toHaveLength(0);
  });

  it("answer at a given base URL", async () => {
    const own = mockHandlers({ baseUrl: "https://payouts.example.com/dots/" });
    server.use(...own.handlers);
    expect((await post("https://payouts.example.com/dots/v2/payout-links", { amount: 5 })).status).toBe(200);
    expect((await post("https://payouts.example.com/dots/v3", {})).status).toBe(404);
    expect(own.requests.map(({ path }) => path)).toEqual(["/v2/payout-links", "/v3"]);
  });

  it("are refused with the reason if the options are invalid", () => {
    expect(() => mockHandlers({ spec: {} })).toThrow(MockError);
    expect(() => mockHandlers({ username: "u" })).toThrow(/must be given together/);
    expect(() => mockHandlers({ baseUrl: "/api" })).toThrow(/"\/api" is not an absolute URL/);
    expect(() => mockHandlers({ baseUrl: [] })).toThrow(/Set baseUrl/);
  });
});

describe("the handlers and the server", () => {
  const payee = { country_code: "1", phone_number: "2025550139" };
  const requests: readonly { name: string; path: string; init: RequestInit }[] = [
    { name: "a link", path: "/v2/payout-links", init: { body: '{"amount":5,"memo":"x"}' } },
    {
      name: "a payout",
      path: "/v2/payouts/send-payout",
      init: { body: JSON.stringify({ amount: 5, payee }) },
    },
    {
      name: "a request",
      path: "/v2/payout-requests",
      init: { body: JSON.stringify({ amount: 5, payee }) },
    },
    { name: "a missing field", path: "/v2/payout-links", init: { body: "{}" } },
    { name: "malformed JSON", path: "/v2/payout-links", init: { body: '{"amount":' } },
    { name: "no body", path: "/v2/payout-links", init: {} },
    { name: "a long body", path: "/v2/payout-links", init: { body: `"${"x".repeat(10_000)}"` } },
    {
      name: "no credentials",
      path: "/v2/payout-links",
      init: { body: '{"amount":5}', headers: { "content-type": "application/json" } },
    },
    {
      name: "another type",
      path: "/v2/payout-links",
      init: { body: "amount=5", headers: { authorization: AUTHORIZATION, "content-type": "text/plain" } },
    },
    { name: "an unknown path", path: "/v2/nothing", init: { body: "{}" } },
    { name: "a wrong method", path: "/v2/payout-links", init: { method: "PUT", body: "{}" } },
    { name: "OPTIONS", path: "/v2/payout-links", init: { method: "OPTIONS" } },
    { name: "HEAD", path: "/v2/payouts/send-payout", init: { method: "HEAD" } },
  ];

  it.each(requests)("answer $name in the same way", async ({ path, init }) => {
    await using real = await startMock({ seed: 1, bodyLimit: 10_000 });
    server.use(...mockHandlers({ seed: 1, bodyLimit: 10_000 }).handlers);
    const [ours, theirs] = await Promise.all(
      [SANDBOX, real.url].map(async (base) => {
        const response = await fetch(base + path, {
          method: "POST",
          headers: { authorization: AUTHORIZATION, "content-type": "application/json" },
          ...init,
        });
        const { status, headers } = response;
        return {
          status,
          type: headers.get("content-type"),
          allow: headers.get("allow"),
          challenge: headers.get("www-authenticate"),
          text: await response.text(),
        };
      }),
    );
    expect(ours).toEqual(theirs);
  });
});

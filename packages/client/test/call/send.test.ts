import { afterEach, describe, expect, it, vi } from "vitest";
import { createClient } from "../../src/functions/index.ts";
import { API_KEY, CLIENT_ID, client, failure, LINK, PAYEE } from "../client.ts";
import { json, serve } from "../server.ts";

const amounts = (seen: readonly { body: string }[]): unknown[] =>
  seen.map(({ body }) => JSON.parse(body).amount);

afterEach(() => vi.restoreAllMocks());

describe("calls that follow one another", () => {
  it("name the app and the end user by options of the client or of a call", async () => {
    const { url, seen } = await serve(json(200, LINK));
    const dots = client(url, { appId: "app-1" });
    await dots.payoutLinks.create({ amount: 1 });
    await dots.payoutLinks.create({ amount: 2 }, { appId: "app-2", userIp: "203.0.113.7" });
    await dots.payoutLinks.create({ amount: 3 }, { headers: { "api-app-id": "app-3" } });
    await client(url).payoutLinks.create({ amount: 4 });
    expect(seen.map(({ headers }) => [headers["api-app-id"], headers["dots-user-ip"]])).toEqual([
      ["app-1", undefined],
      ["app-2", "203.0.113.7"],
      ["app-3", undefined],
      [undefined, undefined],
    ]);
    const error = await failure(dots.payoutLinks.create({ amount: 5 }, { appId: "" }));
    expect(error).toMatchObject({ name: "InvalidRequestError", outcome: "not_sent" });
    expect(error.message).toContain("the header Api-App-Id cannot be sent");
    await dots.payoutLinks.create({ amount: 6 }, { headers: { "x-empty": "" } });
    expect(seen.at(-1)?.headers["x-empty"]).toBe("");
  });

  it("are each sent with their own path, body and headers", async () => {
    const { url, seen } = await serve(json(200, LINK));
    const dots = client(url, { headers: { "x-team": "payroll" } });
    await dots.payoutLinks.create({ amount: 1 });
    await dots.payoutLinks.create({ amount: 2 }, { headers: { "x-team": "refunds", "x-run": "7" } });
    await dots.payouts.send({ amount: 3, payee: PAYEE });
    await dots.payoutLinks.create({ amount: 4 });
    await dots.payoutLinks.create({ amount: 5 }, { headers: { "x-run": "8" } });

    expect(amounts(seen)).toEqual([1, 2, 3, 4, 5]);
    expect(seen.map((request) => request.url)).toEqual([
      "/v2/payout-links",
      "/v2/payout-links",
      "/v2/payouts/send-payout",
      "/v2/payout-links",
      "/v2/payout-links",
    ]);
    expect(seen.map(({ headers }) => [headers["x-team"], headers["x-run"]])).toEqual([
      ["payroll", undefined],
      ["refunds", "7"],
      ["payroll", undefined],
      ["payroll", undefined],
      ["payroll", "8"],
    ]);
    expect(new Set(seen.map(({ headers }) => headers.authorization)).size).toBe(1);
  });

  it("are each sent to their own path, where that has parameters", async () => {
    const { url, seen } = await serve(json(200, LINK));
    const things = createClient({ baseUrl: url, clientId: CLIENT_ID, apiKey: API_KEY });
    const operation = { __proto__: null, id: "getThing", method: "GET", path: "/things/{id}" };
    for (const id of ["a", "b"]) await things(operation, undefined, undefined, () => `/things/${id}`);
    expect(seen.map((request) => request.url)).toEqual(["/things/a", "/things/b"]);
  });

  it("are each sent with their own body when they are in progress together", async () => {
    const { url, seen } = await serve(json(200, LINK));
    const dots = client(url);
    const given = Array.from({ length: 40 }, (_, index) => index);
    await Promise.all(given.map((amount) => dots.payoutLinks.create({ amount })));
    expect(amounts(seen).toSorted((a, b) => Number(a) - Number(b))).toEqual(given);
  });

  it("log in with what the credential's function gives for each", async () => {
    const { url, seen } = await serve(json(503, {}), json(200, LINK));
    let asked = 0;
    const dots = client(url, { clientId: "client", apiKey: () => `key-${++asked}` });
    await dots.payoutLinks.create({ amount: 1 });
    await dots.payoutLinks.create({ amount: 1 });
    expect(seen.map(({ headers }) => atob(headers.authorization?.slice(6) ?? ""))).toEqual([
      "client:key-1",
      "client:key-2",
      "client:key-3",
    ]);
  });

  it("end alone when one of them is aborted", async () => {
    const abort = new AbortController();
    const { url } = await serve((request, response) => {
      if (JSON.parse(request.body).amount === 1) abort.abort();
      else json(200, LINK)(request, response);
    });
    const dots = client(url);
    const [first, second] = await Promise.allSettled([
      dots.payoutLinks.create({ amount: 1 }, { signal: abort.signal }),
      dots.payoutLinks.create({ amount: 2 }),
    ]);
    expect([first.status, second.status]).toEqual(["rejected", "fulfilled"]);
    await expect(dots.payoutLinks.create({ amount: 3 })).resolves.toEqual(LINK);
  });
});

describe("fetch", () => {
  it("of the caller gets a URL and plain options", async () => {
    const fetch = vi.fn(async (_url: string, _init: RequestInit) => Response.json(LINK));
    const dots = client("http://localhost:1/api", { fetch });
    await dots.payoutLinks.create({ amount: 1 });
    const [url, { method, headers, redirect }] = fetch.mock.lastCall ?? ["", {}];
    expect([url, method, redirect]).toEqual(["http://localhost:1/api/v2/payout-links", "POST", "manual"]);
    expect(headers).toMatchObject({ "content-type": "application/json", accept: "application/json" });
  });

  it("of the runtime gets a URL and plain options too, and keeps no answer", async () => {
    const { url } = await serve(json(200, LINK));
    const fetch = vi.spyOn(globalThis, "fetch");
    await client(url).payoutLinks.create({ amount: 1 });
    const [input, init] = fetch.mock.lastCall ?? [];
    expect(input).toBe(`${url}/v2/payout-links`);
    expect(init).toMatchObject({ method: "POST", redirect: "manual", cache: "no-store" });
    expect(JSON.parse(String(init?.body))).toMatchObject({ amount: 1, idempotency_key: expect.any(String) });
  });

  it("that replaces the global one is used from then on", async () => {
    const { url, seen } = await serve(json(200, LINK));
    const dots = client(url);
    await dots.payoutLinks.create({ amount: 1 });
    vi.spyOn(globalThis, "fetch").mockImplementation(async (input, init) => {
      const request = new Request(input, init);
      return Response.json({
        ...LINK,
        amount: amounts([{ body: await request.text() }])[0],
        link: request.url,
      });
    });
    const link = await dots.payoutLinks.create({ amount: 2 });
    expect([link.amount, link.link]).toEqual([2, `${url}/v2/payout-links`]);
    expect(seen).toHaveLength(1);
  });
});

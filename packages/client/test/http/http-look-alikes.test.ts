import { describe, expect, it } from "vitest";
import { takenFor, templateOf } from "../../src/http/taken-for.ts";
import { client, failure, LINK, PAYEE } from "../client.ts";
import { json, serve } from "../server.ts";

const BODY = { amount: 1000, payee: PAYEE };

/** Sends a request to any path, as a program in JavaScript may. */
function post(dots: ReturnType<typeof client>, path: string, init: object = {}): Promise<unknown> {
  // @ts-expect-error the types know the paths of the description only
  return dots.http.POST(path, { body: BODY, ...init });
}

describe("a path that a server may take for that of a payout", () => {
  it.each([
    "/v2/payouts//send-payout",
    "//v2/payouts/send-payout",
    "/v2/payouts/send-payout/",
    "/v2/payouts/send-payout?x=1",
    "/v2/payouts/send-payout#x",
    "/v2/Payouts/send-PAYOUT",
    "/v2/payouts/%73end-payout",
    "/v2/payouts/%2573end-payout",
    "/v2/payouts%2Fsend-payout",
    "/v2/payouts\\send-payout",
    "/v2/payouts/./send-payout",
    "/v2/x/../payouts/send-payout",
    "/v2/payouts/send-payout;a=b",
    "/v2/payout-links/",
    "/api/v2/payouts/send-payout",
    "/..%2fapi/v2/payouts/send-payout",
    "/..;/v2/payouts/send-payout",
    "/v2/payouts/send%2Dpayout;a=50%25",
    "/v2/payouts/send%2Dpayout;a=%zz",
    "/v2/payouts/send%2Dpayout;a=%ff",
    "/v2/payouts/send%2Dpayout;%2fx",
    "/v2/%ff/..;/payouts/send%2Dpayout",
    "/v2/payouts/s%2525%36%35nd-payout",
    "/v2/payouts/send-payout%3Fx",
    "/v2/payouts/send-payout%23x",
    "/v2/x%3F/..%2fpayouts/send-payout",
    "/v2/payouts/send-payout%00/x",
    "/v2/payouts/send-payout%08",
    "/v2/payouts/send-payout\u200b",
    "/v2/payouts/\uff53end-payout",
    "/v2/payouts/send-payout.json",
    "/v2/payouts/send-payout.",
  ])("is not sent without a key: %s", async (path) => {
    const { url, seen } = await serve(json(200, LINK));
    for (const base of [url, `${url}/api`]) {
      const error = await failure(post(client(base), path));
      expect(error).toMatchObject({ name: "InvalidRequestError", outcome: "not_sent", attempts: 0 });
      expect(error.message).toMatch(/a server may take this for \/v2\/payout/);
    }
    expect(seen).toEqual([]);
  });

  it("is not sent without a key, if a parameter, a function or a middleware makes it", async () => {
    const { url, seen } = await serve(json(200, LINK));
    const dots = client(url);
    const name = "InvalidRequestError";
    expect(
      await failure(post(dots, "/v2/payouts/{what}", { params: { path: { what: "send-payout" } } })),
    ).toMatchObject({ name });
    const pathSerializer = (): string => `${url}/v2/payouts/send-payout`;
    expect(await failure(post(dots, "/v2/others", { params: { path: {} }, pathSerializer }))).toMatchObject({
      name,
    });
    dots.http.use({ onRequest: ({ request }) => new Request(`${url}/v2/payouts/send-payout`, request) });
    expect(await failure(post(dots, "/v2/others"))).toMatchObject({ name });
    expect(seen).toEqual([]);
  });

  it("may be sent with another method, or lead to something else", async () => {
    const { url, seen } = await serve(json(200, LINK));
    const { http } = client(url);
    await post({ ...client(url), http }, "/v2/payouts/send-payout-again");
    await http.GET("/v2/payout-links/{payout_link_id}", { params: { path: { payout_link_id: "a%2Fb" } } });
    await http.POST("/v2/payouts/send-payout", { body: BODY });
    await post({ ...client(url), http }, "/v2/100%/send-payout");
    await post({ ...client(url), http }, "/v2/others?then=/v2/payouts/send-payout");
    expect(seen).toHaveLength(5);
  });

  it("is not sent with a header that makes it the path of a payout, or the method that of one", async () => {
    const { url, seen } = await serve(json(200, { ...LINK, data: [], has_more: false }));
    const { http } = client(url);
    for (const name of ["X-Original-URL", "x-rewrite-url"]) {
      const headers = { [name]: "/v2/payouts/send-payout" };
      const error = await failure(post(client(url), "/v2/others", { headers }));
      expect(error).toMatchObject({ name: "InvalidRequestError", outcome: "not_sent" });
    }
    for (const name of ["X-HTTP-Method-Override", "x-method-override", "x-http-method"]) {
      const init = { body: BODY, headers: { [name]: "POST" } };
      // @ts-expect-error the description has no such method
      const error = await failure(http.PUT("/v2/payout-links", init));
      expect(error).toMatchObject({ name: "InvalidRequestError", outcome: "not_sent" });
      await http.POST("/v2/payouts/send-payout", init);
      await http.GET("/v2/payout-links", { headers: init.headers });
    }
    expect(seen.filter(({ method }) => method === "POST")).toHaveLength(3);
    expect(seen).toHaveLength(6);
  });
});

describe("what a server takes a path for", () => {
  const operation = { __proto__: null, id: "one", method: "POST", path: "/Orders/{id}" };
  const others = [
    { ...operation, id: "get", method: "GET", path: "/orders/now" },
    { ...operation, id: "two", path: "/orders/{id}/lines" },
    operation,
    { ...operation, id: "now", path: "/orders/now" },
  ];

  it.each([
    ["/orders/now", ["now"]],
    ["/orders/NOW/", ["now"]],
    ["/orders/now%3Fx", ["one", "now"]],
    ["/orders/7", ["one"]],
    ["/api/orders/7", ["one"]],
    ["/orders/7/lines", ["two"]],
    ["/orders/orders/lines", ["two"]],
    ["/x/%252e%252e/orders/./%252e/7", ["one"]],
    ["/orders", []],
    ["/orders/7/8", []],
    ["/others/7", []],
  ])("%s is one of the operations %j", (path, ids) => {
    expect(takenFor(others.map(templateOf), "POST", path).map(({ id }) => id)).toEqual(ids);
  });
});

describe("the headers of a request by path", () => {
  it.each(["content-length", "Host", "transfer-encoding", "Keep-Alive"])(
    "cannot be those of fetch: %s",
    async (name) => {
      const { url, seen } = await serve(json(200, LINK));
      const error = await failure(post(client(url), "/v2/payouts/send-payout", { headers: { [name]: "7" } }));
      expect(error).toMatchObject({ outcome: "not_sent", attempts: 0 });
      expect(error.message).toContain(`the header ${name.toLowerCase()} cannot be sent`);
      expect(seen).toEqual([]);
    },
  );

  it("may be a list of pairs", async () => {
    const { url, seen } = await serve(json(200, LINK));
    const pairs = [["Api-App-Id", "app"]];
    for (const headers of [pairs, new Map([["Api-App-Id", "app"]]), new Headers({ "Api-App-Id": "app" })]) {
      await post(client(url), "/v2/payouts/send-payout", { headers });
    }
    expect(seen.map((request) => request.headers["api-app-id"])).toEqual(["app", "app", "app"]);
    expect(seen[0]?.headers).not.toHaveProperty("0");
  });
});

import { describe, expect, it } from "vitest";
import { takenFor } from "../../src/http/taken-for.ts";
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
    expect(seen).toHaveLength(4);
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
    ["/orders/now", "now"],
    ["/orders/NOW/?x", "now"],
    ["/orders/7", "one"],
    ["/orders/7/lines", "two"],
    ["/x/%252e%252e/orders/./%252e/7", "one"],
    ["/orders", undefined],
    ["/orders/7/8", undefined],
    ["/others/7", undefined],
  ])("%s is the operation %s", (path, id) => {
    expect(takenFor(others, "POST", path)?.id).toBe(id);
  });
});

describe("the headers of a request by path", () => {
  it.each(["content-length", "Host", "transfer-encoding"])("cannot be those of fetch: %s", async (name) => {
    const { url, seen } = await serve(json(200, LINK));
    const error = await failure(post(client(url), "/v2/payouts/send-payout", { headers: { [name]: "7" } }));
    expect(error).toMatchObject({ outcome: "not_sent", attempts: 0 });
    expect(error.message).toContain(`the header ${name.toLowerCase()} cannot be sent`);
    expect(seen).toEqual([]);
  });

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

import { describe, expect, it } from "vitest";
import { API_KEY, CLIENT_ID, client, LINK, PAYEE } from "../client.ts";
import { json, serve } from "../server.ts";

const basic = `Basic ${Buffer.from(`${CLIENT_ID}:${API_KEY}`).toString("base64")}`;

describe("a method", () => {
  it("sends what the operation takes, where it takes it, and gives back its answer", async () => {
    const { url, seen } = await serve(json(200, LINK));
    const link = await client(`${url}/api`).payoutLinks.create({
      amount: 1000,
      delivery: { method: "link" },
    });

    expect(link).toEqual(LINK);
    expect(seen).toHaveLength(1);
    expect([seen[0]?.method, seen[0]?.url]).toEqual(["POST", "/api/v2/payout-links"]);
    expect(seen[0]?.headers["content-type"]).toBe("application/json");
    expect(seen[0]?.headers.authorization).toBe(basic);
    expect(JSON.parse(seen[0]?.body ?? "")).toEqual({
      amount: 1000,
      delivery: { method: "link" },
      idempotency_key: expect.stringMatching(
        /^[\da-f]{8}-[\da-f]{4}-4[\da-f]{3}-[89ab][\da-f]{3}-[\da-f]{12}$/,
      ),
    });
  });

  it("exists for each operation of the API", async () => {
    const { url, seen } = await serve(json(201, { ...LINK, status: "created" }));
    const dots = client(url);
    await dots.payouts.send({ amount: 1000, payee: PAYEE });
    await dots.payoutRequests.create({ amount: 1000, payee: PAYEE });
    expect(seen.map((request) => request.url)).toEqual(["/v2/payouts/send-payout", "/v2/payout-requests"]);
    expect(JSON.parse(seen[1]?.body ?? "")).toEqual({ amount: 1000, payee: PAYEE });
  });

  it("gives the response, the key and the number of attempts on request", async () => {
    const { url, seen } = await serve(json(503, {}), json(200, LINK, { "x-request-id": "r-1" }));
    const result = await client(url).payoutLinks.create({ amount: 1000 }).withResponse();
    expect(result.data).toEqual(LINK);
    expect(result.response.headers.get("x-request-id")).toBe("r-1");
    expect(result.attempts).toBe(2);
    expect(result.idempotencyKey).toBe(JSON.parse(seen[0]?.body ?? "").idempotency_key);
    expect(seen[1]?.body).toBe(seen[0]?.body);
  });
});

describe("dots.http", () => {
  it("calls by path, logged in and repeated as the methods are", async () => {
    const { url, seen } = await serve(json(503, {}), json(200, LINK));
    const { data, response } = await client(url).http.POST("/v2/payout-links", { body: { amount: 1000 } });
    expect(data).toEqual(LINK);
    expect(response.status).toBe(200);
    expect(seen).toHaveLength(2);
    expect(seen[1]?.headers.authorization).toBe(basic);
    expect(seen[1]?.body).toBe(seen[0]?.body);
    expect(JSON.parse(seen[0]?.body ?? "").idempotency_key).toBeTypeOf("string");
  });

  it("runs middleware once per call, above the retries", async () => {
    const { url, seen } = await serve(json(503, {}), json(200, LINK));
    const dots = client(url);
    let runs = 0;
    dots.http.use({
      onRequest({ request }) {
        runs += 1;
        request.headers.set("traceparent", "00-1-2-01");
      },
    });
    await dots.http.POST("/v2/payout-links", { body: { amount: 1000 } });
    expect(runs).toBe(1);
    expect(seen.map(({ headers }) => headers["traceparent"])).toEqual(["00-1-2-01", "00-1-2-01"]);
  });
});

import { describe, expect, it } from "vitest";
import type { Hooks } from "../src/index.ts";
import { client, LINK } from "./client.ts";
import { json, serve } from "./server.ts";

const BODY = { amount: 1000 };

describe("hooks", () => {
  it("are told of every attempt, every answer and every retry, in order", async () => {
    const { url } = await serve(json(503, {}, { "x-request-id": "r-1" }), json(200, LINK));
    const told: [string, object][] = [];
    const hooks: Hooks = {
      onRequest: (event) => void told.push(["request", event]),
      onResponse: async (event) => void told.push(["response", event]),
      onRetry: (event) => void told.push(["retry", event]),
    };
    const { idempotencyKey } = await client(url, hooks).payoutLinks.create(BODY).withResponse();

    const common = {
      operation: "createPayoutLink",
      method: "POST",
      url: `${url}/v2/payout-links`,
      idempotencyKey,
    };
    const first = { ...common, attempt: 1 };
    const second = { ...common, attempt: 2 };
    expect(told).toEqual([
      ["request", first],
      ["response", { ...first, status: 503, requestId: "r-1", duration: expect.any(Number) }],
      ["retry", { ...first, delay: expect.any(Number), error: expect.objectContaining({ status: 503 }) }],
      ["request", second],
      ["response", { ...second, status: 200, requestId: undefined, duration: expect.any(Number) }],
    ]);
  });

  it("are told how long an answer took, in milliseconds", async () => {
    const { url } = await serve(json(200, LINK));
    let duration = 0;
    const onResponse: Hooks["onResponse"] = (event) => {
      duration = event.duration;
    };
    const start = performance.now();
    await client(url, { onResponse }).payoutLinks.create(BODY);
    expect(duration).toBeGreaterThan(0);
    expect(duration).toBeLessThanOrEqual(performance.now() - start);
  });

  it("cannot change what is sent", async () => {
    const { url, seen } = await serve(json(200, LINK));
    const onRequest: Hooks["onRequest"] = (event) => {
      Object.assign(event, { url: "http://127.0.0.1:9", method: "PUT", idempotencyKey: "other" });
    };
    const { idempotencyKey } = await client(url, { onRequest }).payoutLinks.create(BODY).withResponse();
    expect(seen[0]).toMatchObject({ method: "POST", url: "/v2/payout-links" });
    expect(JSON.parse(seen[0]?.body ?? "").idempotency_key).toBe(idempotencyKey);
  });

  it("are waited for, within the time of the attempt", async () => {
    const { url, seen } = await serve(json(200, LINK));
    const onRequest = (): Promise<void> => new Promise(() => {});
    const call = client(url, { onRequest, timeout: 30, maxRetries: 0 }).payoutLinks.create(BODY);
    await expect(call).rejects.toMatchObject({ name: "TimeoutError", outcome: "not_sent" });
    expect(seen).toEqual([]);
  });

  it("are told how long the next attempt waits", async () => {
    const { url } = await serve(json(429, {}, { "retry-after": "30" }));
    const delays: number[] = [];
    const controller = new AbortController();
    const onRetry: Hooks["onRetry"] = ({ delay }) => {
      delays.push(delay);
      controller.abort();
    };
    const call = client(url, { onRetry }).payoutLinks.create(BODY, { signal: controller.signal });
    await expect(call).rejects.toMatchObject({ name: "AbortError" });
    expect(delays).toEqual([30_000]);
  });
});

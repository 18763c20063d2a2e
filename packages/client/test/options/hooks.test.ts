import { describe, expect, it } from "vitest";
import { ApiError, type CallOptions, type Hooks, type RetryEvent, ServerError } from "../../src/index.ts";
import { client, failure, LINK, PAYEE } from "../client.ts";
import { lost, openLedger, status } from "../ledger.ts";
import { json, serve } from "../server.ts";

const BODY = { amount: 1000 };

describe("hooks", () => {
  it("are called for every attempt, every answer and every retry, in order", async () => {
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

  it("cannot change what a failure means", async () => {
    const { url, fates, payouts } = await openLedger();
    const onRetry: Hooks["onRetry"] = ({ error }) => {
      Object.assign(error, { outcome: "not_sent", idempotencyKey: "[redacted]", message: "", name: "Error" });
      if (error instanceof ApiError) Object.assign(error.body ?? {}, { message: "[redacted]" });
    };
    const dots = client(url, { onRetry });
    for (const [fate, options] of [
      [status(401), {}],
      [undefined, { deadline: 200 }],
    ] as const) {
      fates.push(lost, fate ?? { paid: true, strike: () => {} });
      const error = await failure(dots.payouts.send({ ...BODY, payee: PAYEE }, options));
      expect(error).toMatchObject({ outcome: "unknown", idempotencyKey: payouts.at(-1)?.key });
      expect(error.message).toContain("It may have been carried out");
    }
    fates.push(status(503), status(503), status(503));
    const last = await failure(dots.payouts.send({ ...BODY, payee: PAYEE }));
    expect(last).toMatchObject({ name: "ServerError", body: { message: "No." } });
  });

  it("get a copy of the error that says all that the error does", async () => {
    const { url } = await serve(json(503, { message: "No." }, { "retry-after": "1", "x-request-id": "r-1" }));
    const controller = new AbortController();
    const told: RetryEvent[] = [];
    const onRetry: Hooks["onRetry"] = (event) => {
      told.push(event);
      controller.abort();
    };
    const dots = client(url, { onRetry });
    const final = await failure(dots.payoutLinks.create(BODY, { signal: controller.signal }));
    const [{ error } = { error: undefined }] = told;
    expect(error).toBeInstanceOf(ServerError);
    expect(error).toMatchObject({
      name: "ServerError",
      outcome: "unknown",
      status: 503,
      requestId: "r-1",
      retryAfter: 1_000,
      body: { message: "No." },
      idempotencyKey: final.idempotencyKey,
      firstSentAt: final.firstSentAt,
    });
    expect(error?.stack).toContain("the API answered 503");
  });

  it.each([
    [201, "PayoutLink"],
    [401, "UnauthorizedError"],
  ])("cannot take away an answer that has come, by hanging: onResponse after %i", async (code, expected) => {
    const { url } = await serve(json(code, LINK));
    const onResponse = (): Promise<void> => new Promise(() => {});
    const dots = client(url, { onResponse, timeout: 200, maxRetries: 0 });
    const ending = (options: CallOptions): Promise<string> =>
      dots.payoutLinks.create(BODY, options).then(
        () => "PayoutLink",
        (error: Error) => error.name,
      );
    expect(await ending({})).toBe(expected);
    expect(await ending({ timeout: 10_000, deadline: 200 })).toBe(expected);
    expect(await ending({ timeout: 10_000, signal: AbortSignal.timeout(200) })).toBe(expected);
  });

  it("cannot keep a retry from being made, by hanging: onRetry", async () => {
    const { url } = await serve(json(503, {}), json(200, LINK));
    const onRetry = (): Promise<void> => new Promise(() => {});
    expect(await client(url, { onRetry }).payoutLinks.create(BODY)).toEqual(LINK);
  });
});

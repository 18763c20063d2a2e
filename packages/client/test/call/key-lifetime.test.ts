import { afterEach, describe, expect, it, vi } from "vitest";
import { createClient } from "../../src/functions/index.ts";
import { accountMark, ExpiredKeyError } from "../../src/index.ts";
import { API_KEY, CLIENT_ID, client, failure, LINK, PAYEE } from "../client.ts";
import { lost, openLedger, status } from "../ledger.ts";
import { json, serve } from "../server.ts";

const BODY = { amount: 1000, payee: PAYEE };
const KEY = "5f0c8f3a-8f0e-4e0b-9a57-2f6f1f8f7c11";
const START = Date.parse("2026-11-06T09:30:00Z");
const SECOND = 1_000;
const MINUTE = 60 * SECOND;
const HOUR = 60 * MINUTE;

/** Sets the clock, and nothing else that has to do with time. */
function setClock(time: number): void {
  vi.useFakeTimers({ toFake: ["Date"], now: time });
}

afterEach(() => vi.useRealTimers());

describe("a key that was first sent some time ago", () => {
  it.each([
    ["at once", 0],
    ["after 23 hours", 23 * HOUR],
    ["15 minutes before its end", 24 * HOUR - 15 * MINUTE - SECOND],
    ["by a clock that is five minutes behind", -5 * MINUTE + SECOND],
  ])("is sent again %s", async (_, age) => {
    const { url, payouts } = await openLedger();
    setClock(START + age);
    const options = { idempotencyKey: KEY, firstSentAt: new Date(START) };
    const { firstSentAt } = await client(url).payouts.send(BODY, options).withResponse();
    expect(firstSentAt).toBe("2026-11-06T09:30:00.000Z");
    expect(payouts).toHaveLength(1);
  });

  it.each([
    ["after that", 24 * HOUR - 15 * MINUTE + 1, "does not protect at "],
    ["a week later", 7 * 24 * HOUR, "does not protect at "],
    ["by a clock that was far ahead at first", -6 * MINUTE, "does not protect at 2026-11-06T09:24:00.000Z"],
  ])("is not sent again %s", async (_, age, problem) => {
    const { url, bodies } = await openLedger();
    setClock(START + age);
    const account = await accountMark(client(url));
    const call = { operation: "sendPayout", key: KEY, body: BODY };
    const stored = { ...call, firstSentAt: START, account, outcome: "unknown" as const };
    for (const options of [{ idempotencyKey: KEY, firstSentAt: START }, { continue: stored }]) {
      const error = await failure(client(url).payouts.send(BODY, options));
      expect(error).toBeInstanceOf(ExpiredKeyError);
      expect(error).toMatchObject({
        outcome: "unknown",
        attempts: 0,
        idempotencyKey: KEY,
        firstSentAt: "2026-11-06T09:30:00.000Z",
      });
      expect(error.message).toContain("the idempotency key of 2026-11-06T09:30:00.000Z does not protect at ");
      expect(error.message).toContain(problem);
      expect(error.message).toContain(
        "go through payoutLinks.list() and look for your own reference (metadata) before you call again.",
      );
    }
    const byPath = client(url).http.POST("/v2/payouts/send-payout", { body: BODY, continue: stored });
    expect(await failure(byPath)).toBeInstanceOf(ExpiredKeyError);
    expect(bodies).toEqual([]);
  });

  it("needs no payout to be looked for when it was refused", async () => {
    const { url } = await openLedger();
    setClock(START + 25 * HOUR);
    const stored = {
      operation: "sendPayout",
      key: KEY,
      body: BODY,
      firstSentAt: START,
      account: undefined,
      outcome: "rejected" as const,
    };
    const error = await failure(client(url).payouts.send(BODY, { continue: stored }));
    expect(error).toMatchObject({ name: "ExpiredKeyError", outcome: "rejected" });
    expect(error.message).toContain("Nothing was carried out: ");
  });
});

describe("within one call", () => {
  it("that continues another, a clock that is set back makes no key younger", async () => {
    const { url, fates, payouts } = await openLedger({ now: () => Date.now() });
    let passed = 0;
    setClock(START);
    fates.push(lost);
    const first = await failure(client(url, { maxRetries: 0 }).payouts.send(BODY));
    setClock(START + 23 * HOUR);
    fates.push(status(503));
    const start = performance.now();
    vi.spyOn(performance, "now").mockImplementation(() => start + passed);
    try {
      const onRetry = (): void => {
        passed = 3 * HOUR;
        setClock(START + 18 * HOUR);
      };
      const error = await failure(client(url, { onRetry }).payouts.send(BODY, { continue: first }));
      expect(error).toMatchObject({ name: "ExpiredKeyError", outcome: "unknown" });
    } finally {
      vi.restoreAllMocks();
    }
    expect(payouts).toHaveLength(1);
  });

  it("a key that grows too old during a wait is not sent again", async () => {
    const { url, fates, payouts } = await openLedger({ now: () => Date.now() });
    setClock(START);
    fates.push(lost);
    const onRetry = (): void => setClock(START + 25 * HOUR);
    const error = await failure(client(url, { onRetry }).payouts.send(BODY));
    expect(error).toMatchObject({ name: "ExpiredKeyError", outcome: "unknown", attempts: 1 });
    expect(payouts).toHaveLength(1);
  });

  it("a clock that is set back a little ends nothing", async () => {
    const { url, fates, payouts } = await openLedger();
    setClock(START);
    fates.push(lost);
    const onRetry = (): void => setClock(START - 500);
    await client(url, { onRetry }).payouts.send(BODY);
    expect(payouts).toHaveLength(1);
  });

  it("nor one that does so while a function of the caller is waited for", async () => {
    const { url, fates, bodies } = await openLedger();
    setClock(START);
    fates.push(status(503));
    let asked = 0;
    const apiKey = (): string => {
      if (++asked === 2) setClock(START + 25 * HOUR);
      return "secret-key";
    };
    const error = await failure(client(url, { apiKey }).payouts.send(BODY));
    expect(error).toMatchObject({ name: "ExpiredKeyError", outcome: "unknown", attempts: 2 });
    expect(bodies).toHaveLength(1);
  });

  it("the first attempt counts, not the last", async () => {
    const { url, fates } = await openLedger();
    setClock(START);
    fates.push(lost, status(401));
    const onRetry = (): void => setClock(START + 20 * HOUR);
    const error = await failure(client(url, { onRetry }).payouts.send(BODY));
    expect(error).toMatchObject({ outcome: "unknown", firstSentAt: "2026-11-06T09:30:00.000Z" });
    setClock(START + 25 * HOUR);
    expect(await failure(client(url).payouts.send(BODY, { continue: error }))).toBeInstanceOf(
      ExpiredKeyError,
    );
  });
});

describe("an operation whose keys", () => {
  const order = { __proto__: null, id: "order", method: "POST", path: "/orders", key: ["key"] };

  it("live for ever has none that is too old", async () => {
    const { url } = await serve(json(201, LINK));
    const call = createClient({ baseUrl: url, clientId: CLIENT_ID, apiKey: API_KEY });
    const result = await call(order, { idempotencyKey: KEY, firstSentAt: 0 }, {}).withResponse();
    expect(result.firstSentAt).toBe("1970-01-01T00:00:00.000Z");
  });

  it("live for a moment only uses half of it", async () => {
    const { url } = await serve(json(201, LINK));
    const call = createClient({ baseUrl: url, clientId: CLIENT_ID, apiKey: API_KEY });
    const operation = { ...order, keyLifetime: 20 * MINUTE };
    setClock(START + 10 * MINUTE - SECOND);
    await call(operation, { idempotencyKey: KEY, firstSentAt: START }, {});
    setClock(START + 10 * MINUTE + 1);
    const late = call(operation, { idempotencyKey: KEY, firstSentAt: START }, {});
    expect(await failure(late)).toBeInstanceOf(ExpiredKeyError);
  });
});

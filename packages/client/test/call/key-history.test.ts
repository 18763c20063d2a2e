import { describe, expect, it } from "vitest";
import {
  accountMark,
  DotsError,
  type KeyedCallOptions,
  type Outcome,
  type StoredCall,
} from "../../src/index.ts";
import { client, failure, PAYEE } from "../client.ts";
import { dropped, type Fate, lost, openLedger, status } from "../ledger.ts";

const BODY = { amount: 1000, payee: PAYEE };
const KEY = "5f0c8f3a-8f0e-4e0b-9a57-2f6f1f8f7c11";
const OTHER = "0b7f6a52-3c4d-4f7e-9d0a-51d2b0c9e4f8";

/** How a later call can fail without having been carried out. */
const FAILURES: readonly (readonly [string, Fate[], KeyedCallOptions])[] = [
  ["429", [status(429), status(429), status(429)], {}],
  ["401", [status(401)], {}],
  ["409", [status(409)], {}],
  ["a deadline of 0", [], { deadline: 0 }],
  ["an aborted signal", [], { signal: AbortSignal.abort() }],
  ["a limit that cannot be kept", [], { maxRetries: -1 }],
  ["a header that cannot be sent", [], { headers: { "x-trace": "a\nb" } }],
];

describe("a later call with the key of an earlier one that was paid", () => {
  it.each(FAILURES)("is unknown, whatever keeps it from being carried out: %s", async (_, fates, options) => {
    const { url, ...ledger } = await openLedger();
    ledger.fates.push(lost, lost, lost, ...fates);
    const first = await failure(client(url).payouts.send(BODY, { idempotencyKey: KEY }));
    expect(first.outcome).toBe("unknown");
    const later = await failure(client(url).payouts.send(BODY, { idempotencyKey: KEY, ...options }));
    expect(later).toMatchObject({ outcome: "unknown", idempotencyKey: KEY });
    // An error that does not say when the key was first sent is none to continue.
    expect(later.message).toContain(
      later.firstSentAt ? ": call again with { continue: error }" : "before you call again.",
    );
    const continued = await failure(
      client(url).payouts.send(BODY, { continue: first, ...options, deadline: 0 }),
    );
    expect(continued.outcome).toBe("unknown");
    expect(ledger.payouts).toHaveLength(1);
  });

  it("is unknown when nobody listens any more", async () => {
    const options = { idempotencyKey: KEY, maxRetries: 0 };
    expect(await failure(client("http://127.0.0.1:9").payouts.send(BODY, options))).toMatchObject({
      outcome: "unknown",
      attempts: 1,
    });
  });

  it("is unknown when the key is in the body", async () => {
    const { url } = await openLedger();
    const body = { ...BODY, idempotency_key: KEY };
    expect(await failure(client(url).payouts.send(body, { deadline: 0 }))).toMatchObject({
      outcome: "unknown",
    });
    const circle: Record<string, unknown> = {};
    circle["self"] = circle;
    expect(await failure(client(url).payouts.send({ ...body, metadata: circle }))).toMatchObject({
      name: "InvalidRequestError",
      outcome: "unknown",
    });
  });

  it("is unknown when a function of the caller fails, or the options do", async () => {
    const { url } = await openLedger();
    const fail = (): never => {
      throw new Error("out of order");
    };
    const options = { idempotencyKey: KEY };
    for (const given of [{ apiKey: fail }, { onRequest: fail }]) {
      expect(await failure(client(url, given).payouts.send(BODY, options))).toMatchObject({
        name: "ConfigurationError",
        outcome: "unknown",
      });
    }
    const { http } = client(url);
    http.use({ onRequest: fail });
    const call = http.POST("/v2/payouts/send-payout", { body: BODY, ...options });
    expect(await failure(call)).toMatchObject({ outcome: "unknown" });
  });
});

describe("a key that is new", () => {
  it.each<[string, Fate[], KeyedCallOptions, Outcome]>([
    ["401", [status(401)], {}, "rejected"],
    ["a deadline of 0", [], { deadline: 0 }, "not_sent"],
    ["a lost answer", [lost, status(401)], {}, "unknown"],
  ])("has outcomes as a generated one has: %s", async (_, fates, options, outcome) => {
    const { url, ...ledger } = await openLedger();
    ledger.fates.push(...fates, ...fates);
    const given = { idempotencyKey: KEY, keyIsNew: true, ...options };
    expect(await failure(client(url).payouts.send(BODY, given))).toMatchObject({
      outcome,
      idempotencyKey: KEY,
    });
    expect(await failure(client(url).payouts.send(BODY, options))).toMatchObject({ outcome });
  });

  it("is refused with capitals, for what is stored of it would not be what was sent", async () => {
    const { url, bodies } = await openLedger();
    const options = { idempotencyKey: KEY.toUpperCase(), keyIsNew: true };
    const error = await failure(client(url).payouts.send(BODY, options));
    expect(error).toMatchObject({ name: "InvalidRequestError", outcome: "not_sent" });
    expect(error.message).toContain(": the idempotency key is no UUID in lower case. Nothing was sent");
    expect(bodies).toEqual([]);
  });
});

describe("a key that does not protect", () => {
  it.each(["order-7", "5f0c8f3a", KEY.toUpperCase(), "00000000-0000-0000-0000-000000000000"])(
    "is not sent: %s",
    async (idempotencyKey) => {
      const { url, bodies } = await openLedger();
      for (const call of [
        client(url).payouts.send(BODY, { idempotencyKey }),
        client(url).payouts.send({ ...BODY, idempotency_key: idempotencyKey }),
        client(url).http.POST("/v2/payouts/send-payout", { body: BODY, idempotencyKey }),
      ]) {
        const error = await failure(call);
        expect(error).toMatchObject({ name: "InvalidRequestError", outcome: "unknown" });
        expect(error.message).toContain(
          ": the idempotency key is no UUID in lower case. It may have been carried out: fix the cause and continue that call before you call again.",
        );
      }
      expect(bodies).toEqual([]);
    },
  );

  it.each([
    ["2026-11-06 09:30:00+00", "2026-11-06T09:30:00.000Z"],
    ["2026-11-06 09:30:00.123456+00", "2026-11-06T09:30:00.123Z"],
    ["2026-11-06T04:00:00-0530", "2026-11-06T09:30:00.000Z"],
    ["2026-11-06T14:30:00.5+05", "2026-11-06T09:30:00.500Z"],
  ])("may have its age told as databases do: %s", async (firstSentAt, told) => {
    const { url } = await openLedger();
    const error = await failure(
      client(url).payouts.send(BODY, { idempotencyKey: KEY, firstSentAt, deadline: 0 }),
    );
    expect(error.firstSentAt).toBe(told);
  });

  it.each([
    "2026-11-26 20:00:00",
    "2026-11-26T20:00:00.123",
    "26 Nov 2026 20:00",
    "2026-11-26",
    "11-26-2026",
  ])("is one whose age is told by a clock that nobody names: %s", async (firstSentAt) => {
    const { url, bodies } = await openLedger();
    for (const options of [
      { idempotencyKey: KEY, firstSentAt },
      {
        continue: {
          operation: "sendPayout",
          key: KEY,
          body: BODY,
          firstSentAt,
          account: "an account",
          outcome: "unknown" as const,
        },
      },
    ]) {
      const error = await failure(client(url).payouts.send(BODY, options));
      expect(error).toMatchObject({ name: "InvalidRequestError", outcome: "unknown" });
      expect(error.message).toContain("firstSentAt is no time with a zone");
    }
    expect(bodies).toEqual([]);
  });

  it.each([
    "2026-11-26T20:00:00Z",
    "2026-11-26 20:00:00.123Z",
    "2026-11-26T21:00:00+01:00",
    "2026-11-26T21:00+0100",
    "Thu, 26 Nov 2026 20:00:00 GMT",
  ])("is told by a time with its zone: %s", async (firstSentAt) => {
    const { url } = await openLedger();
    const error = await failure(
      client(url).payouts.send(BODY, { idempotencyKey: KEY, firstSentAt, deadline: 0 }),
    );
    expect(error.firstSentAt).toMatch(/^2026-11-26T20:00:00/);
  });

  it("is one that is called new, and has been sent before", async () => {
    const { url, bodies } = await openLedger();
    const options = { idempotencyKey: KEY, keyIsNew: true, firstSentAt: new Date() };
    const error = await failure(client(url).payouts.send(BODY, options));
    expect(error).toMatchObject({ name: "InvalidRequestError", outcome: "unknown" });
    expect(error.message).toContain("a new key has no firstSentAt");
    expect(bodies).toEqual([]);
  });

  it("is not sent for another account than the one that is given with it", async () => {
    const { url, bodies } = await openLedger();
    const account = await accountMark(client(url, { clientId: "another" }));
    const options = { idempotencyKey: KEY, firstSentAt: new Date(), account };
    const error = await failure(client(url).payouts.send(BODY, options));
    expect(error).toMatchObject({ name: "InvalidRequestError", outcome: "unknown", account });
    expect(bodies).toEqual([]);
    await client(url, { clientId: "another" }).payouts.send(BODY, options);
    expect(bodies).toHaveLength(1);
  });

  it("is missed where only its age is given", async () => {
    const { url, bodies } = await openLedger();
    const error = await failure(client(url).payouts.send(BODY, { firstSentAt: new Date() }));
    expect(error).toMatchObject({ name: "InvalidRequestError", outcome: "unknown" });
    expect(bodies).toEqual([]);
  });
});

describe("continue", () => {
  const cyclic: Record<string, unknown> = { ...BODY };
  cyclic["metadata"] = cyclic;
  it.each<[string, object]>([
    ["a cycle", cyclic],
    ["a number that cannot be sent", { ...BODY, amount: Number.NaN }],
    ["a big integer", { ...BODY, amount: 1000n }],
  ])("keeps what is known of the call where the body cannot be written: %s", async (_, body) => {
    const { url, fates, payouts } = await openLedger();
    fates.push(lost);
    const dots = client(url, { maxRetries: 0 });
    const first = await failure(dots.payouts.send(BODY));
    // Types refuse most such bodies.
    const given: Parameters<typeof dots.payouts.send>[0] = Object.assign({}, BODY, body);
    const second = await failure(dots.payouts.send(given, { continue: first }));
    expect(second).toMatchObject({
      outcome: "unknown",
      idempotencyKey: first.idempotencyKey,
      firstSentAt: first.firstSentAt,
      account: first.account,
    });
    await dots.payouts.send(BODY, { continue: second });
    expect(payouts).toHaveLength(1);
  });

  it("sends the same bytes with the same key, and gets the payout that was made", async () => {
    const { url, ...ledger } = await openLedger();
    ledger.fates.push(lost);
    const error = await failure(client(url, { maxRetries: 0 }).payouts.send(BODY));
    const { payee, amount } = BODY;
    const result = await client(url).payouts.send({ payee, amount }, { continue: error }).withResponse();
    expect(result.data.id).toBe(ledger.payouts[0]?.id);
    expect(result).toMatchObject({ idempotencyKey: error.idempotencyKey, firstSentAt: error.firstSentAt });
    expect(ledger.bodies[1]).toBe(ledger.bodies[0]);
    expect(error.requestBody).toBe(ledger.bodies[0]);
    expect(ledger.payouts).toHaveLength(1);
  });

  it("takes the JSON of an error, in another process", async () => {
    const { url, ...ledger } = await openLedger();
    ledger.fates.push(lost);
    const error = await failure(client(url, { maxRetries: 0 }).payouts.send(BODY));
    const text = JSON.stringify(error);
    expect(text).not.toContain(PAYEE.phone_number);
    await client(url).payouts.send(BODY, { continue: DotsError.from(text) });
    await client(url).payouts.send(BODY, { continue: JSON.parse(text) });
    expect(new Set(ledger.bodies).size).toBe(1);
    expect(ledger.payouts).toHaveLength(1);
    // What a spread leaves of an error says nothing about the body.
    const spread = await failure(
      client(url).payouts.send({ ...BODY, amount: 1001 }, { continue: { ...error } }),
    );
    expect(spread).toMatchObject({ name: "InvalidRequestError", outcome: "unknown" });
    const other = client(url).payouts.send({ ...BODY, amount: 1001 }, { continue: DotsError.from(text) });
    expect(await failure(other)).toMatchObject({ name: "InvalidRequestError", outcome: "unknown" });
    expect(ledger.bodies).toHaveLength(3);
  });

  it.each<[string, unknown]>([
    ["the body as it was given", BODY],
    ["the body with its key", { ...BODY, idempotency_key: KEY }],
    ["the text that was sent", JSON.stringify({ idempotency_key: KEY, ...BODY }, null, 1)],
    ["the text of the body as it was given", JSON.stringify(BODY)],
  ])("takes what a program has stored: %s", async (_, body) => {
    const { url, bodies, payouts } = await openLedger();
    const firstSentAt = new Date(Date.now() - 1_000);
    const account = await accountMark(client(url));
    const stored: StoredCall = {
      operation: "sendPayout",
      key: KEY,
      body,
      firstSentAt,
      account,
      outcome: "unknown",
    };
    for (const time of [firstSentAt, firstSentAt.toISOString(), firstSentAt.getTime()]) {
      const result = await client(url)
        .payouts.send(BODY, { continue: { ...stored, firstSentAt: time } })
        .withResponse();
      expect(result.firstSentAt).toBe(firstSentAt.toISOString());
    }
    await client(url).http.POST("/v2/payouts/send-payout", { body: BODY, continue: stored });
    expect(new Set(bodies).size).toBe(1);
    expect(JSON.parse(bodies[0] ?? "")).toEqual({ ...BODY, idempotency_key: KEY });
    if (typeof body === "string" && body.includes(KEY)) expect(bodies[0]).toBe(body);
    expect(payouts).toHaveLength(1);
  });

  it.each<[Outcome, Outcome]>([
    ["not_sent", "rejected"],
    ["rejected", "rejected"],
    ["unknown", "unknown"],
  ])("starts from the outcome of the earlier call: %s, then a refusal", async (outcome, expected) => {
    const { url, fates } = await openLedger();
    fates.push(status(401));
    const account = await accountMark(client(url));
    const stored = {
      operation: "sendPayout",
      key: KEY,
      body: BODY,
      firstSentAt: new Date(),
      account,
      outcome,
    };
    const error = await failure(client(url).payouts.send(BODY, { continue: stored }));
    expect(error.outcome).toBe(expected);
    const unsent = await failure(client(url).payouts.send(BODY, { continue: stored, deadline: 0 }));
    expect(unsent.outcome).toBe(outcome);
  });

  const stored = {
    operation: "sendPayout",
    key: KEY,
    body: BODY,
    firstSentAt: new Date(),
    account: "an account",
    outcome: "not_sent" as const,
  };

  it.each<[string, object, KeyedCallOptions]>([
    ["another body", { ...BODY, amount: 1001 }, { continue: stored }],
    ["a body with one field more", { ...BODY, memo: "m" }, { continue: stored }],
    ["another key in the body", { ...BODY, idempotency_key: OTHER }, { continue: stored }],
    ["another key in the options", BODY, { continue: stored, idempotencyKey: OTHER }],
    ["no stored body", BODY, { continue: { ...stored, body: undefined } }],
    [
      "a stored body with another key",
      BODY,
      { continue: { ...stored, body: { ...BODY, idempotency_key: OTHER } } },
    ],
    ["no key", BODY, { continue: { ...stored, key: "" } }],
    ["a key with capitals", BODY, { continue: { ...stored, key: KEY.toUpperCase(), outcome: "rejected" } }],
    ["no time", BODY, { continue: { ...stored, firstSentAt: undefined, outcome: "unknown" } }],
    ["an invalid time", BODY, { continue: { ...stored, firstSentAt: "yesterday" } }],
    // @ts-expect-error an outcome that there is not
    ["an invalid outcome", BODY, { continue: { ...stored, outcome: "failed" } }],
    // @ts-expect-error nothing at all
    ["null", BODY, { continue: null }],
    // @ts-expect-error a text
    ["a text", BODY, { continue: "unknown" }],
  ])("refuses, and does not say that nothing was paid: %s", async (_, body, options) => {
    const { url, bodies } = await openLedger();
    const call = Reflect.apply(client(url).payouts.send, undefined, [body, options]);
    const error = await failure(call);
    expect(error).toMatchObject({ name: "InvalidRequestError", outcome: "unknown", attempts: 0 });
    expect(error.message).toMatch(
      /It may have been carried out: (call again with \{ continue: error \}|fix the cause and continue that call)/,
    );
    expect(bodies).toEqual([]);
  });

  it.each<[string, object]>([
    ["a stored call", stored],
    [
      "an error",
      { name: "TimeoutError", idempotencyKey: KEY, requestDigest: 7, account: "a", outcome: "not_sent" },
    ],
  ])("refuses what does not say of which operation it is: %s", async (_, record) => {
    const { url, bodies } = await openLedger();
    const call = Reflect.apply(client(url).payouts.send, undefined, [
      BODY,
      { continue: { ...record, operation: undefined } },
    ]);
    const error = await failure(call);
    expect(error).toMatchObject({ name: "InvalidRequestError", outcome: "unknown" });
    expect(error.message).toContain("continue is a call of undefined, not of sendPayout. ");
    expect(bodies).toEqual([]);
  });

  it("refuses the error of another operation, and an operation without a key", async () => {
    const { url, fates, bodies } = await openLedger();
    fates.push(dropped, dropped);
    const dots = client(url, { maxRetries: 0 });
    const link = await failure(dots.payoutLinks.create({ amount: 1000 }));
    const sent = await failure(dots.payouts.send(BODY, { continue: link }));
    expect(sent).toMatchObject({ name: "InvalidRequestError", outcome: "unknown" });
    expect(sent.message).toContain("continue is a call of createPayoutLink, not of sendPayout");
    const record = { ...stored, operation: "createPayoutLink", outcome: "unknown" as const };
    expect((await failure(dots.payouts.send(BODY, { continue: record }))).message).toContain(
      "continue is a call of createPayoutLink, not of sendPayout",
    );
    const request = await failure(dots.payoutRequests.create(BODY));
    const again = Reflect.apply(dots.payoutRequests.create, undefined, [BODY, { continue: request }]);
    expect(await failure(again)).toMatchObject({ name: "InvalidRequestError", outcome: "unknown" });
    expect(bodies).toHaveLength(2);
  });
});

describe("a call that is refused because of what it continues", () => {
  it("loses nothing of the key: its error can be continued instead, also as JSON", async () => {
    const { url, fates, payouts } = await openLedger();
    fates.push(lost);
    const dots = client(url, { maxRetries: 0 });
    const first = await failure(dots.payouts.send(BODY));
    for (const earlier of [first, DotsError.from(JSON.stringify(first))]) {
      const rebuilt = { ...BODY, metadata: { at: 2 } };
      const refused = await failure(dots.payouts.send(rebuilt, { continue: earlier }));
      const { idempotencyKey, firstSentAt, account } = first;
      const known = { name: "InvalidRequestError", outcome: "unknown", idempotencyKey, firstSentAt, account };
      expect(refused).toMatchObject(known);
      expect(refused.message).toContain("the body differs from the one that was sent. ");
      expect(refused.message).toContain(`its key ${idempotencyKey} keeps it from being done twice`);
      await dots.payouts.send(BODY, { continue: DotsError.from(JSON.stringify(refused)) });
      expect(await failure(dots.payouts.send(rebuilt, { continue: refused }))).toMatchObject(known);
    }
    expect(payouts).toHaveLength(1);
  });

  it("keeps the key where the time cannot be read", async () => {
    const { url } = await openLedger();
    const stored = { operation: "sendPayout", key: KEY, body: BODY, firstSentAt: "2026-11-26", account: "a" };
    const error = await failure(
      client(url).payouts.send(BODY, { continue: { ...stored, outcome: "unknown" } }),
    );
    expect(error).toMatchObject({ outcome: "unknown", idempotencyKey: KEY, account: "a" });
  });
});

describe("an error that does not say when its key was first sent", () => {
  it("is not continued where it is unknown: the key may be too old", async () => {
    const { url, bodies } = await openLedger();
    const options = { idempotencyKey: KEY, signal: AbortSignal.abort() };
    const error = await failure(client(url).payouts.send(BODY, options));
    expect(error).toMatchObject({ outcome: "unknown", idempotencyKey: KEY, firstSentAt: undefined });
    expect(error.message).toContain("look for your own reference");
    for (const earlier of [error, DotsError.from(JSON.stringify(error))]) {
      const again = await failure(client(url).payouts.send(BODY, { continue: earlier }));
      expect(again).toMatchObject({ name: "InvalidRequestError", outcome: "unknown" });
      expect(again.message).toContain("continue lacks the body, time, account or outcome");
    }
    expect(bodies).toEqual([]);
  });
});

describe("a copy of an error by spread", () => {
  it("lacks the body, and is refused also where the call was rejected", async () => {
    const { url, fates, bodies } = await openLedger();
    fates.push(status(401));
    const error = await failure(client(url).payouts.send(BODY));
    expect(error.outcome).toBe("rejected");
    const again = await failure(client(url).payouts.send({ ...BODY, amount: 7 }, { continue: { ...error } }));
    expect(again).toMatchObject({ name: "InvalidRequestError", outcome: "unknown" });
    expect(bodies).toHaveLength(1);
  });
});

describe("every error and result of a call", () => {
  it("says the key, and when it was first sent", async () => {
    const { url, fates } = await openLedger();
    fates.push(status(500), status(401));
    const before = Date.now();
    const error = await failure(client(url).payouts.send(BODY));
    const firstSentAt = Date.parse(error.firstSentAt ?? "");
    expect(firstSentAt).toBeGreaterThanOrEqual(before);
    expect(firstSentAt).toBeLessThanOrEqual(Date.now());
    expect(error).toMatchObject({ attempts: 2, idempotencyKey: expect.any(String) });
    const result = await client(url).payouts.send(BODY, { continue: error }).withResponse();
    expect(result.firstSentAt).toBe(error.firstSentAt);
    const unsent = await failure(client(url).payouts.send(BODY, { deadline: 0 }));
    expect(unsent).toMatchObject({ firstSentAt: undefined, idempotencyKey: expect.any(String) });
  });
});

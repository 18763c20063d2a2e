import { describe, expect, it } from "vitest";
import { client, failure, PAYEE } from "../client.ts";
import { type Ledger, lost, openLedger } from "../ledger.ts";

const AMOUNT = { amount: 1000, payee: PAYEE };
const KEY = "5f0c8f3a-8f0e-4e0b-9a57-2f6f1f8f7c11";

async function ledgerWith(...fates: Ledger["fates"]): Promise<Ledger> {
  const ledger = await openLedger();
  ledger.fates.push(...fates);
  return ledger;
}

class Earnings {
  amount = 1000;
  payee = PAYEE;
  note = "not for the API";
  toJSON = (): object => ({ amount: this.amount, payee: this.payee });
}

describe("a body with its own toJSON", () => {
  it.each([
    ["in an object", { ...AMOUNT, toJSON: (): object => AMOUNT }],
    ["in a class", new Earnings()],
  ])("is sent with the key all the same: %s", async (_, body) => {
    const { url, bodies, payouts } = await ledgerWith(lost, lost);
    const { attempts, idempotencyKey } = await client(url).payouts.send(body).withResponse();
    expect(attempts).toBe(3);
    expect(bodies.map((text) => JSON.parse(text))).toEqual(
      Array(3).fill({ ...AMOUNT, idempotency_key: idempotencyKey }),
    );
    expect(payouts).toHaveLength(1);
  });

  it("may bring a key, whose history is unknown", async () => {
    const { url, bodies } = await openLedger();
    const body = { ...AMOUNT, toJSON: (): object => ({ ...AMOUNT, idempotency_key: KEY }) };
    expect(await failure(client(url).payouts.send(body, { deadline: 0 }))).toMatchObject({
      outcome: "unknown",
    });
    expect(await failure(client(url).payouts.send(body, { maxRetries: -1 }))).toMatchObject({
      outcome: "unknown",
    });
    await client(url).payouts.send(body);
    expect(JSON.parse(bodies[0] ?? "").idempotency_key).toBe(KEY);
    const bad = { ...AMOUNT, toJSON: (): object => ({ ...AMOUNT, idempotency_key: "order-7" }) };
    expect(await failure(client(url).payouts.send(bad))).toMatchObject({
      name: "InvalidRequestError",
      outcome: "unknown",
    });
  });

  it("is not sent when it is no object", async () => {
    const { url, bodies } = await openLedger();
    const body = { ...AMOUNT, toJSON: () => "amount=1000" };
    const error = await failure(client(url).payouts.send(body));
    expect(error).toMatchObject({ name: "InvalidRequestError", outcome: "not_sent" });
    expect(bodies).toEqual([]);
  });
});

describe("dots.http", () => {
  const path = "/v2/payouts/send-payout";
  const withoutKey = (body: unknown): string =>
    JSON.stringify(body, (name, value) => (name === "idempotency_key" ? undefined : value));

  it("does not send a body that lost its key on the way", async () => {
    const { url, bodies } = await openLedger();
    const dots = client(url);
    const options = [{}, { idempotencyKey: KEY }];
    for (const [index, outcome] of ["not_sent", "unknown"].entries()) {
      const bodySerializer = withoutKey;
      const call = dots.http.POST(path, { body: { ...AMOUNT }, bodySerializer, ...options[index] });
      const error = await failure(call);
      expect(error).toMatchObject({ name: "InvalidRequestError", outcome });
      expect(error.message).toContain("lacks the idempotency key");
    }
    dots.http.use({
      async onRequest({ request }) {
        return new Request(request, { body: withoutKey(await request.json()) });
      },
    });
    expect(await failure(dots.http.POST(path, { body: AMOUNT }))).toMatchObject({ outcome: "not_sent" });
    expect(bodies).toEqual([]);
  });

  it.each([10.5, 1e21])("does not send an amount of %d that was written on the way", async (amount) => {
    const { url, bodies } = await openLedger();
    const dots = client(url);
    const bodySerializer = (body: unknown): string =>
      JSON.stringify(body, (name, value) => (name === "amount" ? amount : value));
    expect(await failure(dots.http.POST(path, { body: AMOUNT, bodySerializer }))).toMatchObject({
      name: "InvalidRequestError",
      outcome: "not_sent",
    });
    dots.http.use({
      onRequest: async ({ request }) => new Request(request, { body: bodySerializer(await request.json()) }),
    });
    for (const name of ["/v2/payouts/send-payout", "/v2/payout-requests"] as const) {
      const error = await failure(dots.http.POST(name, { body: AMOUNT }));
      expect(error).toMatchObject({ name: "InvalidRequestError", outcome: "not_sent" });
      expect(error.message).toContain(`amount is ${amount}, which cannot be sent`);
    }
    expect(bodies).toEqual([]);
  });

  it("does not continue with a body that was changed on the way", async () => {
    const { url, bodies } = await ledgerWith(lost);
    const dots = client(url, { maxRetries: 0 });
    const earlier = await failure(dots.http.POST(path, { body: AMOUNT }));
    const changed = dots.http.POST(path, {
      body: AMOUNT,
      continue: earlier,
      bodySerializer: (body) => JSON.stringify({ ...body, amount: 2000 }),
    });
    expect(await failure(changed)).toMatchObject({ name: "InvalidRequestError", outcome: "unknown" });
    await dots.http.POST(path, { body: AMOUNT, continue: earlier });
    expect(bodies[1]).toBe(bodies[0]);
    expect(bodies).toHaveLength(2);
  });

  it.each(["the first time", "once it is loaded"])("takes what it is given at once: %s", async (time) => {
    const { url, bodies } = await openLedger();
    const dots = client(url);
    if (time !== "the first time") {
      await dots.http.POST(path, { body: AMOUNT });
      bodies.length = 0;
    }
    const body = { ...AMOUNT };
    const headers = { "x-run": "1" };
    const calls = [1, 2, 3].map((amount) => {
      body.amount = amount;
      body.payee = { ...PAYEE, phone_number: `202555010${amount}` };
      headers["x-run"] = String(amount);
      return dots.http.POST(path, { body, headers });
    });
    body.amount = 99;
    await Promise.all(calls);
    const sent = bodies
      .map((text) => JSON.parse(text))
      .map(({ amount, payee }) => [amount, payee.phone_number]);
    expect(sent.toSorted()).toEqual([1, 2, 3].map((amount) => [amount, `202555010${amount}`]));
  });
});

describe("a number that JSON or cents cannot hold", () => {
  it.each([
    Number.NaN,
    Number.POSITIVE_INFINITY,
    -Number.POSITIVE_INFINITY,
    2 ** 53,
    1e21,
    10.5,
    new Number(Number.NaN),
  ])("is not sent: %s", async (amount) => {
    const { url, bodies } = await openLedger();
    const dots = client(url);
    for (const call of [
      Reflect.apply(dots.payouts.send, undefined, [{ ...AMOUNT, amount }]),
      Reflect.apply(dots.payoutRequests.create, undefined, [{ ...AMOUNT, amount }]),
      dots.http.POST("/v2/payouts/send-payout", { body: { ...AMOUNT, amount: Number(amount) } }),
    ]) {
      const error = await failure(call);
      expect(error).toMatchObject({ name: "InvalidRequestError", outcome: "not_sent" });
      expect(error.message).toContain("amount is ");
    }
    const metadata = { share: [Number.NaN] };
    expect(await failure(dots.payouts.send({ ...AMOUNT, metadata }))).toMatchObject({ outcome: "not_sent" });
    expect(bodies).toEqual([]);
  });

  it("is no other: an integer up to 2 ** 53 - 1, and fractions where they are allowed", async () => {
    const { url, bodies } = await openLedger();
    const body = { ...AMOUNT, amount: 2 ** 53 - 1, metadata: { share: 0.1 } };
    await client(url).payouts.send(body);
    expect(JSON.parse(bodies[0] ?? "")).toMatchObject(body);
  });
});

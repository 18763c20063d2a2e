import { describe, expect, it } from "vitest";
import { InvalidRequestError, type Outcome } from "../../src/index.ts";
import { client, failure, LINK, PAYEE } from "../client.ts";
import { json, serve } from "../server.ts";

const KEY = "5f0c8f3a-8f0e-4e0b-9a57-2f6f1f8f7c11";
const OTHER = "0b7f6a52-3c4d-4f7e-9d0a-51d2b0c9e4f8";

function keyOf(body: string | undefined): unknown {
  return JSON.parse(body ?? "").idempotency_key;
}

describe("the idempotency key", () => {
  it("is a fresh one for each call", async () => {
    const { url, seen } = await serve(json(200, LINK));
    const dots = client(url);
    for (let call = 0; call < 20; call++) await dots.payoutLinks.create({ amount: 1000 });
    expect(new Set(seen.map(({ body }) => keyOf(body))).size).toBe(20);
  });

  it.each([
    ["in the body", { amount: 1000, idempotency_key: KEY }, {}],
    ["as an option", { amount: 1000 }, { idempotencyKey: KEY }],
    ["as both, when they are the same", { amount: 1000, idempotency_key: KEY }, { idempotencyKey: KEY }],
    ["as an option beside null", { amount: 1000, idempotency_key: null }, { idempotencyKey: KEY }],
  ])("is the caller's, when given %s", async (_, body, options) => {
    const { url, seen } = await serve(json(200, LINK));
    const { idempotencyKey } = await client(url).payoutLinks.create(body, options).withResponse();
    expect([keyOf(seen[0]?.body), idempotencyKey]).toEqual([KEY, KEY]);
  });

  it("is made when the body says that there is none", async () => {
    const { url, seen } = await serve(json(200, LINK));
    await client(url).payoutLinks.create({ amount: 1000, idempotency_key: null });
    expect(keyOf(seen[0]?.body)).toMatch(/^[\da-f-]{36}$/);
  });

  it("leaves the caller's body as it was", async () => {
    const { url } = await serve(json(200, LINK));
    const body = Object.freeze({ amount: 1000 });
    await client(url).payoutLinks.create(body);
    expect(body).toEqual({ amount: 1000 });
  });

  it("is the one of the moment of the call, and so is the body", async () => {
    const { url, seen } = await serve(json(503, {}), json(200, LINK));
    const body = { amount: 1000 };
    const call = client(url).payoutLinks.create(body);
    body.amount = 999_999;
    await call;
    expect(seen.map((request) => JSON.parse(request.body).amount)).toEqual([1000, 1000]);
    expect(seen[0]?.body).toBe(seen[1]?.body);
  });

  it("is not sent at all when it is ambiguous or none", async () => {
    const { url, seen } = await serve(json(200, LINK));
    const { payoutLinks, payoutRequests } = client(url);
    const body = { amount: 1000 };
    const none = "the idempotency key is no UUID in lower case";
    // The last are those of callers without types.
    const calls: readonly [PromiseLike<unknown>, problem: string, outcome?: Outcome][] = [
      [
        payoutLinks.create({ ...body, idempotency_key: KEY }, { idempotencyKey: OTHER }),
        "the idempotency keys differ",
        "unknown",
      ],
      [payoutLinks.create({ ...body, idempotency_key: "" }), none, "unknown"],
      [payoutLinks.create(body, { idempotencyKey: "" }), none, "unknown"],
      [Reflect.apply(payoutLinks.create, undefined, [{ ...body, idempotency_key: 7 }]), none, "unknown"],
      [
        Reflect.apply(payoutLinks.create, undefined, ["amount=1000"]),
        "the body has no place for the idempotency key",
      ],
      [Reflect.apply(payoutLinks.create, undefined, [null]), "the body has no place for the idempotency key"],
      [
        Reflect.apply(payoutLinks.create, undefined, [[1000]]),
        "the body has no place for the idempotency key",
      ],
      [
        Reflect.apply(payoutRequests.create, undefined, [{ ...body, payee: PAYEE }, { idempotencyKey: KEY }]),
        "the operation takes no idempotency key",
      ],
    ];
    for (const [call, problem, outcome = "not_sent"] of calls) {
      const error = await failure(call);
      expect(error).toBeInstanceOf(InvalidRequestError);
      expect(error).toMatchObject({ outcome, attempts: 0 });
      expect(error.message).toContain(`: ${problem}. `);
    }
    expect(seen).toEqual([]);
  });
});

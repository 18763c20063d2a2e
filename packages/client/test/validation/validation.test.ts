import { inspect } from "node:util";
import { describe, expect, it } from "vitest";
import { DotsError, InvalidAnswerError, InvalidRequestError, type ResponseEvent } from "../../src/index.ts";
import { validation } from "../../src/validation/index.ts";
import { client, failure, LINK, PAYEE } from "../client.ts";
import { json, serve } from "../server.ts";

/** What a caller without types sends. */
function untyped(body: object): { amount: number } {
  return Object.assign({ amount: 1000 }, body);
}

async function violations(body: object): Promise<unknown> {
  const { url, seen } = await serve(json(200, LINK));
  const error = await failure(client(url, { validation: validation() }).payoutLinks.create(untyped(body)));
  expect(error).toBeInstanceOf(InvalidRequestError);
  expect(error).toMatchObject({ outcome: "not_sent", attempts: 0, operation: "createPayoutLink" });
  expect(seen).toEqual([]);
  return error instanceof InvalidRequestError ? error.violations : undefined;
}

describe("validation of a request", () => {
  it("lets pass what the API takes", async () => {
    const { url, seen } = await serve(json(200, LINK));
    const dots = client(url, { validation: validation() });
    await dots.payoutLinks.create({
      amount: 1000,
      delivery: { method: "sms" },
      payee: PAYEE,
      payout_fee_party: null,
    });
    await dots.payouts.send({ amount: 1000, payee: PAYEE });
    await dots.payoutRequests.create({ amount: 1000, user_id: "9b2d7f4e-62c1-4d0e-8a43-6f1f0f5c2a90" });
    await dots.http.POST("/v2/payout-links", { body: { amount: 1000 } });
    expect(seen).toHaveLength(4);
  });

  it("finds everything that is wrong, and says where", async () => {
    const found = await violations({
      amount: 0.5,
      delivery: { method: "post", message: 7 },
      additional_steps: ["compliance", "other"],
    });
    expect(found).toEqual([
      { path: "/amount", message: "must be an integer" },
      { path: "/delivery/message", message: "must be a string" },
      { path: "/delivery/method", message: 'must be one of "sms", "link", "email", "all"' },
      {
        path: "/additional_steps/1",
        message: expect.stringMatching(/: must be one of "compliance", .*; or must be an object$/),
      },
    ]);
  });

  it("knows the rules between fields", async () => {
    expect(await violations({ delivery: { method: "sms" } })).toEqual([
      { path: "/payee", message: "is missing" },
    ]);
    expect(await violations({ delivery: { method: "sms" }, payee: { country_code: "1" } })).toEqual([
      { path: "/payee/phone_number", message: "is missing" },
    ]);
  });

  it("names the alternatives where one of several fields is needed", async () => {
    const { url } = await serve(json(201, LINK));
    const dots = client(url, { validation: validation() });
    const error = await failure(Reflect.apply(dots.payouts.send, undefined, [{ amount: 1000 }]));
    expect(error).toMatchObject({
      violations: [{ path: "", message: "/user_id or /payee is missing: one of them is needed" }],
    });
    expect(error.message).toContain(
      "the request breaks rules: /user_id or /payee is missing: one of them is needed.",
    );
  });

  it("covers dots.http", async () => {
    const { url, seen } = await serve(json(200, LINK));
    const dots = client(url, { validation: validation() });
    const error = await failure(dots.http.POST("/v2/payout-links", { body: { amount: -1 } }));
    expect(error).toMatchObject({ violations: [{ path: "/amount", message: "must be greater than 0" }] });
    expect(seen).toEqual([]);
  });
});

describe("validation of an answer", () => {
  const broken = { ...LINK, amount: "1000", link: undefined };
  const violations = [
    { path: "/link", message: "is missing" },
    { path: "/amount", message: "must be a number" },
  ];

  it("is left out unless asked for", async () => {
    const { url } = await serve(json(200, broken));
    const call = client(url, { validation: validation() }).payoutLinks.create({ amount: 1000 });
    expect(await call.withResponse()).toMatchObject({ data: { amount: "1000" }, violations: undefined });
  });

  it("reports what is wrong, and gives the answer back: the payout was made", async () => {
    const { url, seen } = await serve(json(200, broken), json(200, LINK));
    const told: ResponseEvent[] = [];
    const onResponse = (event: ResponseEvent): void => void told.push(event);
    const dots = client(url, { validation: validation({ answers: true }), onResponse });
    const result = await dots.payoutLinks.create({ amount: 1000 }).withResponse();
    expect(result).toMatchObject({ data: { id: LINK.id }, attempts: 1 });
    expect(result.violations).toEqual(violations);
    expect((await dots.payoutLinks.create({ amount: 1000 }).withResponse()).violations).toEqual([]);
    expect(told.map((event) => event.violations)).toEqual([violations, []]);
    expect(seen).toHaveLength(2);
  });

  it("tells the hook by a copy, which changes nothing of the result", async () => {
    const { url } = await serve(json(200, broken));
    const onResponse = (event: ResponseEvent): void => void Reflect.set(event.violations ?? [], "length", 0);
    const dots = client(url, { validation: validation({ answers: true }), onResponse });
    const result = await dots.payoutLinks.create({ amount: 1000 }).withResponse();
    expect(result.violations).toEqual(violations);
  });

  it("throws if it is asked to, with the answer, and calls once only", async () => {
    const { url, seen } = await serve(json(200, broken));
    const dots = client(url, { validation: validation({ answers: "throw" }) });
    const error = await failure(dots.payoutLinks.create({ amount: 1000 }));
    expect(error).toBeInstanceOf(InvalidAnswerError);
    expect(error).toMatchObject({
      outcome: "unknown",
      status: 200,
      attempts: 1,
      idempotencyKey: JSON.parse(seen[0]?.body ?? "").idempotency_key,
      data: { id: LINK.id, amount: "1000" },
      violations,
    });
    expect(error.message).toContain("the answer breaks rules: /link is missing; /amount must be a number.");
    // An answer names people, and logs show what is enumerable.
    for (const text of [JSON.stringify(error), inspect(error), JSON.stringify({ ...error })]) {
      expect(text).not.toContain(LINK.id);
    }
    expect(DotsError.from(JSON.stringify(error))).toBeInstanceOf(InvalidAnswerError);
    expect(seen).toHaveLength(1);
  });

  it("takes values and fields that the API adds later", async () => {
    const { url } = await serve(json(200, { ...LINK, status: "paused", colour: "blue" }));
    const dots = client(url, { validation: validation({ answers: "throw" }) });
    expect(await dots.payoutLinks.create({ amount: 1000 })).toMatchObject({
      status: "paused",
      colour: "blue",
    });
  });

  it("lets an answer pass whose status the spec does not describe", async () => {
    const { url } = await serve(json(206, broken));
    const dots = client(url, { validation: validation({ answers: "throw" }) });
    expect(await dots.payoutLinks.create({ amount: 1000 })).toMatchObject({ id: LINK.id });
  });
});

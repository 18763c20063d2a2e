import { describe, expect, expectTypeOf, it } from "vitest";
import {
  Dots,
  isPayoutLinkStatusValue,
  type NewPayout,
  type NewPayoutLink,
  type NewPayoutRequest,
  type PayoutLink,
  payoutLinkStatusValues,
} from "../../src/index.ts";

// Each @ts-expect-error is checked by the compiler: where the line below it compiles, the check of types fails.

const payee = { country_code: "1", phone_number: "2025550139" };
const user_id = "9b2d7f4e-62c1-4d0e-8a43-6f1f0f5c2a90";

describe("the type of a request", () => {
  it("takes what the API takes", () => {
    const requests: (NewPayout | NewPayoutRequest | NewPayoutLink)[] = [
      { amount: 1000 } satisfies NewPayoutLink,
      { amount: 1000, user_id } satisfies NewPayout,
      { amount: 1000, payee } satisfies NewPayout,
      { amount: 1000, user_id, payee, idempotency_key: null } satisfies NewPayout,
      { amount: 1000, metadata: { order: 1 }, payee } satisfies NewPayoutRequest,
    ];
    expect(requests).toHaveLength(5);
  });

  it("wants a user or a payee where the API wants one", () => {
    // @ts-expect-error
    const sent: NewPayout = { amount: 1000 };
    // @ts-expect-error
    const asked: NewPayoutRequest = { amount: 1000, memo: "text" };
    expect([sent, asked]).toHaveLength(2);
  });

  it("wants an amount, and a number", () => {
    // @ts-expect-error
    const missing: NewPayoutLink = { memo: "text" };
    // @ts-expect-error
    const text: NewPayoutLink = { amount: "1000" };
    // @ts-expect-error
    const big: NewPayout = { amount: 1000n, user_id };
    expect([missing, text, big]).toHaveLength(3);
  });

  it("refuses a field that the API does not have, at every depth", () => {
    // @ts-expect-error
    const key: NewPayoutLink = { amount: 1000, idempotencyKey: "k" };
    // @ts-expect-error
    const method: NewPayoutLink = { amount: 1000, delivery: { methd: "link" } };
    // @ts-expect-error
    const name: NewPayout = { amount: 1000, payee: { ...payee, firstname: "Jordan" } };
    // @ts-expect-error
    const request: NewPayoutRequest = { amount: 1000, user_id, tax_exempt: true };
    expect([key, method, name, request]).toHaveLength(4);
  });

  it("refuses a value that is not listed", () => {
    // @ts-expect-error
    const method: NewPayoutLink = { amount: 1000, delivery: { method: "post" } };
    // @ts-expect-error
    const step: NewPayoutLink = { amount: 1000, additional_steps: ["other"] };
    expect([method, step]).toHaveLength(2);
  });
});

describe("a method", () => {
  it("checks its arguments when it is called", () => {
    const call = (dots: Dots): void => {
      // @ts-expect-error neither user nor payee
      void dots.payouts.send({ amount: 1000 });
      // @ts-expect-error an unknown field
      void dots.payoutLinks.create({ amount: 1000, note: "text" });
      // @ts-expect-error an amount that is not a number
      void dots.payoutRequests.create({ amount: "1000", user_id });
      // @ts-expect-error the operation takes no idempotency key
      void dots.payoutRequests.create({ amount: 1000, user_id }, { idempotencyKey: "k" });
      // @ts-expect-error an unknown option
      void dots.payouts.send({ amount: 1000, user_id }, { timeOut: 5_000 });
    };
    expect(call).toBeTypeOf("function");
  });

  it("promises what the spec says", () => {
    expectTypeOf<Awaited<ReturnType<Dots["payoutLinks"]["create"]>>>().toEqualTypeOf<PayoutLink>();
  });
});

describe("the type of an answer", () => {
  it("takes a value that the API adds later", () => {
    const status: PayoutLink["status"] = "paused";
    expect(isPayoutLinkStatusValue(status)).toBe(false);
  });

  it("narrows to the known values, so that a switch can be exhaustive", () => {
    const describeStatus = (status: PayoutLink["status"]): string => {
      if (!isPayoutLinkStatusValue(status)) return `new: ${status}`;
      switch (status) {
        case "created":
        case "sent":
        case "claimed":
        case "delivered":
          return "well";
        case "funds_pending":
        case "delivery_pending":
          return "on its way";
        case "failed":
        case "delivery_failed":
        case "reversed":
        case "canceled":
        case "expired":
          return "not well";
      }
    };
    expect(payoutLinkStatusValues.map(describeStatus)).not.toContain(undefined);
    expect(describeStatus("paused")).toBe("new: paused");
  });
});

describe("the options of a client", () => {
  it("say where calls go, for nothing goes to production by default", () => {
    // @ts-expect-error neither environment nor baseUrl
    expect(() => new Dots({ clientId: "client", apiKey: "key" })).toThrow(
      /baseUrl or environment \(production, sandbox\)/,
    );
    // @ts-expect-error an environment that is not there
    expect(() => new Dots({ clientId: "client", apiKey: "key", environment: "test" })).toThrow(/environment/);
  });
});

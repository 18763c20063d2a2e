import { describe, expect, it } from "vitest";
import { readKeyedRequest } from "../src/call/keyed-request.ts";
import { DotsError, type Outcome } from "../src/index.ts";
import { isRefusal, worse } from "../src/runtime/outcome.ts";

describe("what a status says of the money", () => {
  it.each<[boolean, number[]]>([
    [true, [400, 401, 407, 409, 423, 425, 429, 498]],
    [false, [0, 300, 302, 399, 408, 499, 500, 503, 599]],
  ])("it refuses the request: %s, %j", (refuses, statuses) => {
    expect(statuses.map((status) => isRefusal(status, undefined))).toEqual(statuses.map(() => refuses));
  });

  it.each<[boolean, number[]]>([
    [true, [400, 401, 407, 410, 422, 424, 426, 429, 498]],
    [false, [408, 409, 423, 425, 499, 500]],
  ])(
    "it refuses the request with an idempotency key, which may be in progress: %s, %j",
    (refuses, statuses) => {
      expect(statuses.map((status) => isRefusal(status, "key"))).toEqual(statuses.map(() => refuses));
    },
  );

  it("is the worse of two attempts, whichever came first", () => {
    const ranks: Outcome[] = ["not_sent", "rejected", "unknown"];
    for (const [a, one] of ranks.entries()) {
      for (const [b, other] of ranks.entries()) expect(worse(one, other)).toBe(ranks[Math.max(a, b)]);
    }
  });
});

describe("an error", () => {
  it("says that nothing was sent", () => {
    const error = new DotsError("it is raining", { outcome: "not_sent" });
    expect(error.message).toBe("it is raining. Nothing was sent: fix the cause, then call again.");
    expect(error).toMatchObject({ name: "DotsError", attempts: 0 });
  });
});

describe("an idempotency key deep in the body", () => {
  const operation = { __proto__: null, id: "order", method: "POST", path: "/orders", key: ["meta", "key"] };

  it("is found there", () => {
    expect(readKeyedRequest(operation, {}, { meta: { key: "k" } }, "").key).toBe("k");
  });

  it("is put there, beside what is there already, and where nothing is", () => {
    const options = { idempotencyKey: "k" };
    const { content, body } = readKeyedRequest(operation, options, { size: 1, meta: { note: "n" } }, "");
    expect(content).toEqual({ size: 1, meta: { note: "n", key: "k" } });
    expect(body).toBe('{"size":1,"meta":{"note":"n","key":"k"}}');
    expect(readKeyedRequest(operation, options, {}, "").content).toEqual({ meta: { key: "k" } });
  });

  it("is not put where something else stands", () => {
    expect(() => readKeyedRequest(operation, {}, { meta: 7 }, "")).toThrow(
      "the body lacks a place for the idempotency key",
    );
  });
});

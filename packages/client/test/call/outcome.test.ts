import { describe, expect, it } from "vitest";
import { type KeyedRequest, readKeyedRequest } from "../../src/call/keyed-request.ts";
import { DotsError, type KeyedCallOptions } from "../../src/index.ts";
import { isRefusal } from "../../src/runtime/outcome.ts";

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
});

describe("an error", () => {
  it("says that nothing was sent", () => {
    const error = new DotsError("it is raining", { outcome: "not_sent" });
    expect(error.message).toBe("it is raining. Nothing was sent: fix the cause, or call again later.");
    expect(error).toMatchObject({ name: "DotsError", attempts: 0 });
  });
});

describe("an idempotency key deep in the body", () => {
  const operation = { __proto__: null, id: "order", method: "POST", path: "/orders", key: ["meta", "key"] };

  const read = (options: KeyedCallOptions, body: object): KeyedRequest => {
    const known: KeyedRequest = { key: undefined, outcome: "not_sent" };
    readKeyedRequest(operation, options, body, known);
    return known;
  };

  it("is found there", () => {
    expect(read({}, { meta: { key: "k" } }).key).toBe("k");
  });

  it("is put there, beside what is there already, and where nothing is", () => {
    const options = { idempotencyKey: "k" };
    const { body } = read(options, { size: 1, meta: { note: "n" } });
    expect(body).toBe('{"size":1,"meta":{"note":"n","key":"k"}}');
    expect(read(options, {}).body).toBe('{"meta":{"key":"k"}}');
  });

  it("is not put where something else stands", () => {
    expect(() => read({}, { meta: 7 })).toThrow("the body has no place for the idempotency key");
  });
});

import { type Json, readResponseCondition } from "@dots-payouts/openapi";
import { describe, expect, it } from "vitest";

describe("x-when", () => {
  it("has the requests that a success is for, and its values", () => {
    const node = { request: { "/source": "bank" }, response: { "/state": "pending", "/sum": null } };
    expect(readResponseCondition(node, "/here")).toEqual({
      request: [{ pointer: "/source", value: "bank" }],
      response: [
        { pointer: "/state", value: "pending" },
        { pointer: "/sum", value: null },
      ],
    });
    expect(readResponseCondition(undefined, "/here")).toBeUndefined();
  });

  it("does not need values of the response", () => {
    expect(readResponseCondition({ request: { "/a": 1 } }, "/here")?.response).toEqual([]);
  });

  it.each<[string, Json, string]>([
    ["a text", "/source", "#/here: an object with request, response is needed"],
    ["no request", { response: { "/a": 1 } }, "#/here/request: a value in the request is needed"],
    ["a request without values", { request: {} }, "#/here/request: a value in the request is needed"],
    ["a place that is not a pointer", { request: { a: 1 } }, "#/here/request/a: a is not a JSON Pointer"],
    [
      "values without places",
      { request: { "/a": 1 }, response: [1] },
      "#/here/response: [1] is not an object",
    ],
  ])("refuses %s", (_, node, message) => {
    expect(() => readResponseCondition(node, "/here")).toThrow(message);
  });
});

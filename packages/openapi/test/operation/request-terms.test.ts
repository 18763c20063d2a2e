import { describe, expect, it } from "vitest";
import { listOperations, readErrorCodes } from "../../src/index.ts";

function terms(operation: Record<string, never> | object) {
  const [found] = listOperations({ paths: { "/orders": { post: JSON.parse(JSON.stringify(operation)) } } });
  return found?.terms;
}

describe("what a request says about the money", () => {
  it("has the places of the extensions", () => {
    const extensions = {
      "x-reference": "/note",
      "x-amount": "/sum",
      "x-recipient": [["/to"], ["/first", "/last"]],
    };
    expect(terms(extensions)).toEqual({
      reference: "/note",
      amount: "/sum",
      recipient: [["/to"], ["/first", "/last"]],
    });
  });

  it("is absent by default", () => {
    expect(terms({})).toEqual({ reference: undefined, amount: undefined, recipient: [] });
  });

  it.each([
    ["x-reference", "note", '"note" is not a JSON Pointer'],
    ["x-amount", 1, "1 is not a JSON Pointer"],
    ["x-recipient", "/to", "a list of lists of JSON Pointers is needed"],
    ["x-recipient", ["/to"], "a list of JSON Pointers is needed"],
    ["x-recipient", [["to"]], '"to" is not a JSON Pointer'],
  ])("can't be %s: %j", (name, value, problem) => {
    expect(() => terms({ [name]: value })).toThrow(problem);
  });
});

describe("the codes of refusals", () => {
  it("are those in the extension", () => {
    const codes = { at: ["/code"], busy: ["wait"], funds: ["empty"] };
    expect(readErrorCodes(codes, "/x-error-codes")).toEqual(codes);
    expect(readErrorCodes(undefined, "/x-error-codes")).toEqual({ at: [], busy: [], funds: [] });
  });

  it.each([
    [["/code"], "an object with at, busy and funds is needed"],
    [{ at: "/code" }, "#/x-error-codes/at: a list of strings is needed"],
    [{ at: ["code"] }, '#/x-error-codes/at/0: "code" is not a JSON Pointer'],
    [{ busy: [1] }, "#/x-error-codes/busy: a list of strings is needed"],
  ])("can't be %j", (node, problem) => {
    expect(() => readErrorCodes(node, "/x-error-codes")).toThrow(problem);
  });
});

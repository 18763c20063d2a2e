import { asDocument, DocumentError, type Json, listMockValues } from "@dots-payouts/openapi";
import { describe, expect, it } from "vitest";

const root = "/components/schemas/Root";
const withEffects = (effects: Json) =>
  asDocument({
    openapi: "3.1.0",
    paths: {},
    components: {
      schemas: {
        Root: { properties: { payee: { allOf: [{ properties: { phone: { "x-mock": effects } } }] } } },
      },
    },
  });
const list = (effects: Json) => listMockValues(withEffects(effects), root);

describe("listMockValues", () => {
  it("finds the values, their places and what the mock does", () => {
    const answer = { status: 429, headers: { "Retry-After": "2" } };
    expect(
      list({ "5": { summary: "Wait.", answer }, "6": { summary: "Fails.", moves: ["a", "b"] } }),
    ).toEqual([
      {
        pointer: "/payee/phone",
        value: "5",
        effect: { summary: "Wait.", answer: { status: 429, headers: { "retry-after": "2" } }, moves: [] },
      },
      {
        pointer: "/payee/phone",
        value: "6",
        effect: { summary: "Fails.", answer: undefined, moves: ["a", "b"] },
      },
    ]);
  });

  it.each<[effects: Json, at: string]>([
    [[], ""],
    [{ "5": { summary: "Nothing." } }, "/5"],
    [{ "5": { summary: "Both.", moves: ["a"], answer: { status: 400 } } }, "/5"],
    [{ "5": { moves: ["a"] } }, "/5/summary"],
    [{ "5": { summary: "x", answer: { status: 200 } } }, "/5/answer/status"],
    [{ "5": { summary: "x", answer: { status: 600 } } }, "/5/answer/status"],
    [{ "5": { summary: "x", answer: { status: 400, body: {} } } }, "/5/answer/body"],
    [{ "5": { summary: "x", answer: { status: 400, headers: { a: 1 } } } }, "/5/answer/headers/a"],
  ])("refuses what it can't read: %j", (effects, at) => {
    const place = `${root}/properties/payee/allOf/0/properties/phone/x-mock${at}`;
    expect(() => list(effects)).toThrow(DocumentError);
    expect(() => list(effects)).toThrow(expect.objectContaining({ pointer: place }));
  });
});

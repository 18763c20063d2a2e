import { describe, expect, it } from "vitest";
import { replaceAt } from "../../src/values/fields.ts";

describe("putting a value at a place of a body", () => {
  it.each([
    ["a blank", "/outer/my name", { outer: { "my name": 2 } }],
    ["a letter beyond ASCII", "/outer/größe", { outer: { größe: 2 } }],
    ["a slash", "/outer/and~1or", { outer: { "and/or": 2 } }],
    ["a tilde", "/outer/a~0b", { outer: { "a~b": 2 } }],
  ])("finds a name with %s below another name", (_what, pointer, expected) => {
    const [key] = Object.keys(expected.outer);
    expect(replaceAt({ outer: { [String(key)]: 1 } }, pointer, 2)).toEqual(expected);
  });

  it("finds the item of an array below a name", () => {
    expect(replaceAt({ list: [1, { a: 1 }] }, "/list/1/a", 2)).toEqual({ list: [1, { a: 2 }] });
  });
});

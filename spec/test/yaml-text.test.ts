import { stringifyYaml } from "@redocly/openapi-core";
import { describe, expect, it } from "vitest";
import { yamlText } from "../src/yaml-text.ts";

const WORDS = [
  ["", " ", "a", " a", "a ", "a: b", "a #b", "#a", "- a", "-", "? a", ":a", "a:", "'a'", '"a"', "*a", "&a"],
  ["!a", "|", ">", "%", "@", "`", "{", "[", "a, b", "=", "<<", "~", "null", "true", "no", "1", "1.5", "0x1f"],
  ["400", "2026-10-31", "2026-10-31T17:04:12Z", "---", "...", "--- a", "\t", "a\tb", "é", "😀", "\u00a0"],
  ["\u0000", "\u2028", "\ufeffa", "\ud800", "__proto__", "word ".repeat(300), "x".repeat(1_200)],
  [
    "a\nb",
    "a\nb\n",
    "a\n\nb\n\n",
    "\n",
    "\n\na",
    " a\nb",
    "a\n  b",
    "a \nb",
    "a\r\nb",
    "a\n--- b",
    "a\tb\nc",
  ],
].flat();
const OTHERS = [0, -0, 1.5, -1, 1e21, 1e-7, Number.NaN, Number.POSITIVE_INFINITY, true, false, null];

function expectSame(value: unknown): void {
  expect(yamlText(value), JSON.stringify(value)).toBe(stringifyYaml(value, { noRefs: true, lineWidth: -1 }));
}

describe("the YAML of a bundle", () => {
  it("is what Redocly writes, for every kind of text in every place", () => {
    for (const word of [...WORDS, ...OTHERS]) {
      expectSame(word);
      expectSame({ a: word, b: [word, [word, { c: word }], { d: word, e: { f: word } }] });
    }
    for (const word of WORDS) expectSame({ [word]: { [word]: [{ [word]: 0 }], a: word } });
  });

  it("is what Redocly writes where something is empty, or is not JSON", () => {
    for (const value of [{}, [], [[]], [{}], new Set([1]), new Uint8Array(3)]) {
      expectSame(value);
      expectSame({ a: value, b: [value, { c: value }] });
    }
    expectSame({ b: 1, 400: 2, 200: 3 });
  });
});

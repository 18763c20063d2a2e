import { readFile } from "node:fs/promises";
import { createRequire } from "node:module";
import { asDocument, formatPointer, getAt, isObject, type Json, listOperations } from "@dots-payouts/openapi";
import { compareDocuments } from "@dots-payouts/release";
import { describe, expect, it } from "vitest";
import { without } from "./small-spec.ts";

const file = createRequire(import.meta.url).resolve("@dots-payouts/spec/openapi.json");
const spec = asDocument(JSON.parse(await readFile(file, "utf8")));

const WORDS = ["title", "summary", "description", "examples", "externalDocs", "tags", "info"];

/** Every place in the document that says something to a program, below the paths that are given. */
function places(node: Json, tokens: readonly (string | number)[], names: boolean): string[] {
  if (Array.isArray(node)) return node.flatMap((item, index) => places(item, [...tokens, index], false));
  if (!isObject(node)) return [];
  return Object.entries(node).flatMap(([key, child]) => {
    if (!names && WORDS.includes(key)) return [];
    const here = [...tokens, key];
    return [formatPointer(here), ...places(child, here, !names && key === "properties")];
  });
}

/** The least that the changes say. */
function impacts(pointer: string): Set<string> {
  try {
    return new Set(compareDocuments(spec, without(spec, pointer)).map(({ impact }) => impact));
  } catch (error) {
    // What leaves a document that can't be read does not get as far as a release.
    if (error instanceof Error && error.name === "DocumentError") return new Set(["unreadable"]);
    throw error;
  }
}

describe("the real description", () => {
  it("is the same as itself", () => {
    expect(compareDocuments(spec, structuredClone(spec))).toEqual([]);
  });

  it("can't lose anything that a program reads without a change that counts", () => {
    const root = Object.entries(spec).filter(([key]) => !WORDS.includes(key) && key !== "openapi");
    const swept = root.flatMap(([key, node]) => places(node, [key], false));
    const missed = swept.filter((pointer) => {
      const found = impacts(pointer);
      return found.size === 0 || (found.size === 1 && found.has("words"));
    });
    expect(swept.length).toBeGreaterThan(300);
    expect(missed.filter((pointer) => !saysNothing(pointer))).toEqual([]);
  });

  it("can gain nothing unseen: what was missing before counts as well", () => {
    for (const { pointer } of listOperations(spec)) {
      const changes = compareDocuments(without(spec, pointer), spec);
      expect(changes).toContainEqual(expect.objectContaining({ impact: "addition" }));
    }
  });
});

/** That an object is open is the default, and that it is one may be said by several parts of an `allOf`. */
function saysNothing(pointer: string): boolean {
  return pointer.endsWith("/additionalProperties") || getAt(spec, pointer) === "object";
}

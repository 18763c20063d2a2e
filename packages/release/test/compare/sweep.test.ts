import { readFile } from "node:fs/promises";
import { createRequire } from "node:module";
import {
  asDocument,
  formatPointer,
  getAt,
  isObject,
  type Json,
  listOperations,
  type OpenApiDocument,
  type Operation,
  parsePointer,
  setAt,
} from "@dots-payouts/openapi";
import { compareDocuments } from "@dots-payouts/release";
import { describe, expect, inject, it } from "vitest";
import { without } from "../small-spec.ts";

const file = createRequire(import.meta.url).resolve("@dots-payouts/spec/openapi.json");
const spec = asDocument(JSON.parse(await readFile(file, "utf8")));

const WORDS = ["title", "summary", "description", "examples", "externalDocs", "tags", "info", "x-assumption"];

/** One in so many places is tried; `pnpm test:full` tries all of them. */
const EVERY = inject("sweepEvery");

/** Every place in the document with a meaning for programs, below the given paths. */
function places(node: Json, tokens: readonly (string | number)[], names: boolean): string[] {
  if (Array.isArray(node)) return node.flatMap((item, index) => places(item, [...tokens, index], false));
  if (!isObject(node)) return [];
  return Object.entries(node).flatMap(([key, child]) => {
    if (!names && WORDS.includes(key)) return [];
    const here = [...tokens, key];
    return [formatPointer(here), ...places(child, here, !names && key === "properties")];
  });
}

/** The document with one of its operations, and the components that it refers to. */
function withOnly({ path, method }: Operation): OpenApiDocument {
  const item = getAt(spec, formatPointer(["paths", path]));
  if (!isObject(item)) throw new Error(`${path} is described nowhere`);
  const others = listOperations(spec).filter((other) => other.path === path && other.method !== method);
  const rest = Object.entries(item).filter(
    ([key]) => !others.some((other) => other.method.toLowerCase() === key),
  );
  const paths = { [path]: Object.fromEntries(rest) };
  // Operations name moves, which the schemas of resources declare.
  const schemas = getAt(spec, "/components/schemas");
  const resources = Object.entries(isObject(schemas) ? schemas : {})
    .filter(([, schema]) => isObject(schema) && schema["x-states"] !== undefined)
    .map(([name]) => formatPointer(["components", "schemas", name]));
  const reached = new Set([...references(paths), ...resources, "/components/securitySchemes"]);
  for (const pointer of reached) {
    for (const further of references(getAt(spec, pointer) ?? null)) reached.add(further);
  }
  const empty: Json = { ...spec, paths, webhooks: {}, components: {} };
  return asDocument(
    [...reached].reduce<Json>(
      (document, pointer) => setAt(document, pointer, getAt(spec, pointer) ?? null),
      empty,
    ),
  );
}

function references(node: Json): string[] {
  return [...JSON.stringify(node).matchAll(/"\$ref":"#(\/components\/[^"]*)"/g)].map(([, to = ""]) => to);
}

/** The smallest impact of the changes. */
function impacts(document: OpenApiDocument, pointer: string): Set<string> {
  try {
    const changes = compareDocuments(document, without(document, pointer));
    return new Set(changes.map(({ impact }) => impact));
  } catch (error) {
    // An unreadable document never gets as far as a release.
    if (error instanceof Error && error.name === "DocumentError") return new Set(["unreadable"]);
    throw error;
  }
}

describe("the real description", () => {
  it("equals itself", () => {
    expect(compareDocuments(spec, structuredClone(spec))).toEqual([]);
  });

  it("can't lose anything that a program reads without a reported change", () => {
    const swept = new Set<string>();
    const missed: string[] = [];
    let read = 0;
    // A comparison takes longer for a larger document, so each operation is tested separately.
    for (const operation of listOperations(spec)) {
      const document = withOnly(operation);
      const root = Object.entries(document).filter(([key]) => !WORDS.includes(key) && key !== "openapi");
      for (const pointer of root.flatMap(([key, node]) => places(node, [key], false))) {
        if (swept.has(pointer)) continue;
        swept.add(pointer);
        if (swept.size % EVERY !== 0) continue;
        const found = impacts(document, pointer);
        if (!found.has("unreadable")) read++;
        if (found.size === 0 || (found.size === 1 && found.has("words"))) missed.push(pointer);
      }
    }
    // An unreadable document does not test the comparison.
    expect(read * EVERY).toBeGreaterThan(swept.size / 2);
    expect(missed.filter((pointer) => !saysNothing(pointer))).toEqual([]);
  });

  it("can't gain anything without a reported change", () => {
    for (const operation of listOperations(spec)) {
      const document = withOnly(operation);
      const changes = compareDocuments(without(document, operation.pointer), document);
      expect(changes).toContainEqual(expect.objectContaining({ impact: "addition" }));
    }
  });
});

/** Defaults, and what is also stated elsewhere. */
function saysNothing(pointer: string): boolean {
  const value = getAt(spec, pointer);
  const tokens = parsePointer(pointer);
  const [name, keyword = ""] = tokens.slice(-2);
  if (keyword === "additionalProperties" || value === "object") return true;
  if (value === false) return !["unevaluatedProperties", "default", "const"].includes(keyword);
  // All strings are allowed; the listed ones are only known values.
  if (keyword === "enum" && tokens.includes("anyOf")) return true;
  if (keyword !== "type") return false;
  const schema = getAt(spec, formatPointer(tokens.slice(0, -1)));
  const isListed = isObject(schema) && (schema["enum"] !== undefined || schema["const"] !== undefined);
  return isListed || (name !== undefined && isTypedTwice(name));
}

/** Whether several parts of an `allOf` declare this property. */
function isTypedTwice(name: string): boolean {
  return JSON.stringify(spec).split(`${JSON.stringify(name)}:{"type"`).length > 2;
}

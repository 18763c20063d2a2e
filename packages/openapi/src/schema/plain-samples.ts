import { type OpenApiDocument, referenceHops } from "../document/document.ts";
import { isObject, type Json } from "../json/json.ts";
import { formatPointer, getAt } from "../json/pointer.ts";
import { bound } from "./part-values.ts";
import { givenValue, leastValue } from "./sample-value.ts";
import type { LocatedSchema } from "./schema-parts.ts";

/** Deeper than what is worth showing. */
const DEEPEST = 8;

/** How deep objects are filled that need not be. */
const FILLED = 2;

/**
 * Small values of the schema at a JSON Pointer: what it gives as example, or the least that it asks for, and the same
 * with every property there, to tell one alternative from the next. They may break rules that are hard to keep: whoever
 * needs a valid one has to look.
 */
export function plainSamples(document: OpenApiDocument, pointer: string): Json[] {
  return [sampleOf(document, [pointer], 0, 0), sampleOf(document, [pointer], 0, FILLED)];
}

/**
 * @param pointers of the schemas that describe the value together
 * @param fill how deep every property is there, and not only those that are required
 */
function sampleOf(document: OpenApiDocument, pointers: readonly string[], depth: number, fill: number): Json {
  const parts = partsAt(document, pointers);
  const nodes = parts.map(({ node }) => node);
  const given = givenValue(nodes);
  if (given !== undefined) return given;
  const least = leastValue(nodes);
  if (isObject(least)) return depth > DEEPEST ? least : objectOf(document, parts, depth, fill);
  if (!Array.isArray(least)) return least;
  return depth > DEEPEST ? least : listOf(document, parts, bound(nodes, "minItems") ?? 0, depth, fill);
}

/** The schemas of one value: of alternatives the first, of everything else all. */
function partsAt(document: OpenApiDocument, pointers: readonly string[]): LocatedSchema[] {
  const found = new Map<string, LocatedSchema>();
  const visit = (place: string): void => {
    const start = getAt(document, place);
    if (start === undefined || found.has(place)) return;
    for (const { node, pointer: at } of referenceHops(document, { node: start, pointer: place })) {
      if (!isObject(node) || found.has(at)) continue;
      found.set(at, { node, pointer: at });
      const all = node["allOf"];
      if (Array.isArray(all)) for (const index of all.keys()) visit(`${at}/allOf/${index}`);
      for (const keyword of ["oneOf", "anyOf"]) if (Array.isArray(node[keyword])) visit(`${at}/${keyword}/0`);
    }
  };
  for (const pointer of pointers) visit(pointer);
  return [...found.values()];
}

function objectOf(
  document: OpenApiDocument,
  parts: readonly LocatedSchema[],
  depth: number,
  fill: number,
): Json {
  const names = new Set(parts.flatMap(({ node }) => node["required"] ?? []));
  if (depth < fill) {
    for (const { node } of parts) for (const name of Object.keys(node["properties"] ?? {})) names.add(name);
  }
  const entries = [...names].flatMap((name): [string, Json][] => {
    if (typeof name !== "string") return [];
    const places = parts
      .map((part) => `${part.pointer}${formatPointer(["properties", name])}`)
      .filter((place) => getAt(document, place) !== undefined);
    return [[name, sampleOf(document, places, depth + 1, fill)]];
  });
  return Object.fromEntries(entries);
}

function listOf(
  document: OpenApiDocument,
  parts: readonly LocatedSchema[],
  least: number,
  depth: number,
  fill: number,
): Json {
  const places = parts.flatMap(({ node, pointer }) => {
    const first = Array.isArray(node["prefixItems"]) ? node["prefixItems"] : [];
    return first.map((_, index) => `${pointer}/prefixItems/${index}`);
  });
  const rest = parts.find(({ node }) => node["items"] !== undefined);
  while (places.length < least && rest !== undefined) places.push(`${rest.pointer}/items`);
  return places.map((place) => sampleOf(document, [place], depth + 1, fill));
}

import { type OpenApiDocument, referenceHops } from "../document/document.ts";
import { isObject, type Json } from "../json/json.ts";
import { formatPointer, getAt } from "../json/pointer.ts";
import { type Told, toldBy } from "./discriminator.ts";
import { matchingText } from "./matching-text.ts";
import { bound, keywordValues, listedValues } from "./part-values.ts";
import { givenValue, leastValue } from "./sample-value.ts";
import type { LocatedSchema } from "./schema-parts.ts";

/** The maximum depth of a sample. */
const DEEPEST = 8;

/** How deep optional objects are filled. */
const FILLED = 2;

/** How many alternatives of a choice are tried. */
const CHOICES = 6;

/** How a sample is made. */
interface Manner {
  /** Down to which depth every property is included, not only the required ones. */
  readonly fill: number;
  /** Which examples and defaults are used: those of objects and lists may lack newly required values. */
  readonly examples: "all" | "simple" | "none";
  /** Which alternative of each choice is used; the last one if there are fewer. */
  readonly choice: number;
  /** The minimum number of items in a list, down to the depth that is filled. */
  readonly items: 0 | 1;
  /** The mark of optional properties to leave out. */
  readonly without: DirectionMark | undefined;
}

/** Marks of properties that only responses have, or only requests. */
type DirectionMark = "readOnly" | "writeOnly";

/**
 * Small values of the schema at a JSON Pointer: its example, or the minimum that it requires, and the same with every
 * property, for one alternative after the other, and then with lists that are not empty. They may break complex rules: a caller that needs a valid one has to
 * check.
 * @param without the mark of optional properties to leave out: `writeOnly` for an answer
 */
export function* plainSamples(
  document: OpenApiDocument,
  pointer: string,
  without?: DirectionMark,
): Generator<Json, void> {
  const seen = new Set<string>();
  for (const items of [0, 1] as const) {
    for (let choice = 0; choice < CHOICES; choice += 1) {
      for (const examples of ["all", "simple", "none"] as const) {
        for (const fill of [0, FILLED]) {
          const made = sampleOf(document, [pointer], 0, { fill, choice, examples, items, without });
          const text = JSON.stringify(made);
          if (!seen.has(text)) yield made;
          seen.add(text);
        }
      }
    }
  }
}

/** @param pointers of the schemas that describe the value together */
function sampleOf(
  document: OpenApiDocument,
  pointers: readonly string[],
  depth: number,
  manner: Manner,
): Json {
  const { parts, told } = partsAt(document, pointers, manner.choice);
  const nodes = parts.map(({ node }) => node);
  const [listed] = listedValues(nodes) ?? [];
  const given = listed ?? (manner.examples === "none" ? undefined : givenValue(nodes));
  const isWhole = isObject(given) || Array.isArray(given);
  if (given !== undefined && (listed !== undefined || manner.examples === "all" || !isWhole)) return given;
  const least = leastValue(nodes);
  if (isObject(least)) return depth > DEEPEST ? least : objectOf(document, parts, told, depth, manner);
  if (!Array.isArray(least)) return least;
  return depth > DEEPEST ? least : listOf(document, parts, depth, manner);
}

interface Parts {
  readonly parts: readonly LocatedSchema[];
  /** The discriminator values of the chosen alternatives. */
  readonly told: readonly Told[];
}

/** The schemas of one value: one of each set of alternatives, and all others. */
function partsAt(document: OpenApiDocument, pointers: readonly string[], choice: number): Parts {
  const found = new Map<string, LocatedSchema>();
  const told: Told[] = [];
  const visit = (place: string, heir: string): void => {
    const start = getAt(document, place);
    if (start === undefined || found.has(place)) return;
    for (const { node, pointer: at } of referenceHops(document, { node: start, pointer: place })) {
      if (!isObject(node)) continue;
      const own = toldBy(node, heir);
      if (own !== undefined) told.push(own);
      if (found.has(at)) continue;
      found.set(at, { node, pointer: at });
      const maker = /^\/components\/schemas\/[^/]+$/.test(at) ? at : heir;
      const all = node["allOf"];
      if (Array.isArray(all)) for (const index of all.keys()) visit(`${at}/allOf/${index}`, maker);
      for (const keyword of ["oneOf", "anyOf"]) {
        const list = node[keyword];
        if (!Array.isArray(list) || list.length === 0) continue;
        const taken = `${at}/${keyword}/${choose(list, [...found.values()], choice)}`;
        const target = referenceHops(document, { node: getAt(document, taken) ?? true, pointer: taken })[1];
        const ofTarget = target === undefined ? undefined : toldBy(node, target.pointer);
        if (ofTarget !== undefined) told.push(ofTarget);
        visit(taken, "");
      }
    }
  };
  for (const pointer of pointers) visit(pointer, "");
  return { parts: [...found.values()], told };
}

/** Which of several alternatives is used: one whose listed values the other schemas of the value allow, if any. */
function choose(list: readonly Json[], others: readonly LocatedSchema[], choice: number): number {
  const known = listedValues(others.map(({ node }) => node));
  const indexes = [...list.keys()];
  const allowed = indexes.filter((index) => {
    const branch = list[index];
    const own = isObject(branch) ? listedValues([branch]) : undefined;
    return known === undefined || own === undefined || own.some((value) => known.includes(value));
  });
  const usable = allowed.length > 0 ? allowed : indexes;
  return usable[Math.min(choice, usable.length - 1)] ?? 0;
}

function objectOf(
  document: OpenApiDocument,
  parts: readonly LocatedSchema[],
  told: readonly Told[],
  depth: number,
  manner: Manner,
): Json {
  const nodes = parts.map(({ node }) => node);
  const names = new Set(nodes.flatMap((node) => node["required"] ?? []));
  if (depth < manner.fill) {
    for (const { node, pointer } of parts) {
      for (const name of Object.keys(node["properties"] ?? {})) {
        if (!isLeftOut(document, `${pointer}/properties${formatPointer([name])}`, manner)) names.add(name);
      }
    }
  }
  for (const { name } of told) names.add(name);
  for (let more = 1; names.size < (bound(nodes, "minProperties") ?? 0) && more < 100; more += 1) {
    const [naming] = keywordValues(nodes, "propertyNames").filter(isObject);
    const pattern = naming?.["pattern"];
    names.add((typeof pattern === "string" ? matchingText(pattern, more) : undefined) ?? `property${more}`);
  }
  const entries = [...names].flatMap((name): [string, Json][] => {
    if (typeof name !== "string") return [];
    const at = (keyword: string, key: string): string[] =>
      parts
        .map((part) => `${part.pointer}/${keyword}${key}`)
        .filter((place) => getAt(document, place) !== undefined);
    const listed = at("properties", formatPointer([name]));
    const places = listed.length > 0 ? listed : at("additionalProperties", "");
    const value = told.find((one) => one.name === name)?.value;
    const listedNodes = partsAt(document, places, 0).parts.map(({ node }) => node);
    const isFree = value !== undefined && (listedValues(listedNodes)?.includes(value) ?? true);
    return [[name, isFree ? value : sampleOf(document, places, depth + 1, manner)]];
  });
  return Object.fromEntries(entries);
}

function isLeftOut(document: OpenApiDocument, place: string, { without }: Manner): boolean {
  const node = without === undefined ? undefined : getAt(document, place);
  if (without === undefined || node === undefined) return false;
  return referenceHops(document, { node, pointer: place }).some(
    (hop) => isObject(hop.node) && hop.node[without] === true,
  );
}

function listOf(
  document: OpenApiDocument,
  parts: readonly LocatedSchema[],
  depth: number,
  manner: Manner,
): Json {
  const nodes = parts.map(({ node }) => node);
  const wanted = depth > FILLED || bound(nodes, "maxItems") === 0 ? 0 : manner.items;
  const least = Math.max(bound(nodes, "minItems") ?? 0, wanted);
  const places = parts.flatMap(({ node, pointer }) => {
    const first = Array.isArray(node["prefixItems"]) ? node["prefixItems"] : [];
    return first.map((_, index) => `${pointer}/prefixItems/${index}`);
  });
  const contained = parts.find(({ node }) => node["contains"] !== undefined);
  if (contained !== undefined) places.push(`${contained.pointer}/contains`);
  const rest = parts.find(({ node }) => node["items"] !== undefined);
  while (places.length < least) places.push(rest === undefined ? "" : `${rest.pointer}/items`);
  return places.map((place) => (place === "" ? "text" : sampleOf(document, [place], depth + 1, manner)));
}

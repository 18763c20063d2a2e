import { follow, isObject, type Json, type JsonObject, type OpenApiDocument } from "@dots-payouts/openapi";
import { NAMES } from "./pairs.ts";

/** Values for every keyword that the random schemas use for strings and numbers. */
const SCALARS: readonly Json[] = [
  null,
  true,
  false,
  -1,
  0,
  0.5,
  1,
  1.5,
  2,
  2.5,
  3,
  4,
  6,
  "",
  "a",
  "ab",
  "aab",
  "b",
  "bbbb",
  "c",
  "new",
];

/** A name that no schema declares. */
const UNKNOWN = "zz";

/**
 * Values by somebody who knows a schema: they have the properties that it declares, and one that no schema does. Not
 * all of them are valid.
 */
export function valuesFor(document: OpenApiDocument, schema: Json, random: () => number): Json[] {
  return make([schema], 3);

  function make(schemas: readonly Json[], depth: number): Json[] {
    const nodes = branches(document, schemas);
    const objects = nodes.some((node) => mayBe(node, "object")) || nodes.length === 0;
    const values = [...SCALARS];
    for (const { enum: listed, const: one } of nodes) {
      if (Array.isArray(listed)) values.push(...listed);
      if (one !== undefined) values.push(one);
    }
    if (depth === 0) return [...values, [], {}];
    return [...values, ...arrays(nodes, depth), ...(objects ? makeObjects(nodes, depth) : [{}])];
  }

  function arrays(nodes: readonly JsonObject[], depth: number): Json[] {
    const pools = [0, 1, 2].map((index) =>
      make(
        nodes.flatMap((node) => itemsOf(node, index)),
        depth - 1,
      ),
    );
    const pick = (index: number): Json => pickFrom(pools[index] ?? []);
    return [0, 1, 2, 3, 1, 2, 3, 2, 1, 2].flatMap((length, round) => {
      const items = Array.from({ length }, (_, index) => pick(index));
      return [items, ...(round > 6 && length > 1 ? [items.map(() => items[0] ?? null)] : [])];
    });
  }

  function makeObjects(nodes: readonly JsonObject[], depth: number): Json[] {
    const known = nodes.some(({ additionalProperties }) => says(additionalProperties));
    const declared = nodes.flatMap(({ properties, patternProperties }) => [
      ...keysOf(properties),
      ...NAMES.filter((name) => keysOf(patternProperties).some((pattern) => new RegExp(pattern).test(name))),
    ]);
    const names = new Set([...(known ? NAMES : []), ...declared]);
    const pools = new Map(
      [...names, UNKNOWN].map((name) => [
        name,
        make(
          nodes.flatMap((node) => propertyOf(node, name)),
          depth - 1,
        ),
      ]),
    );
    const rounds = 14 + 10 * names.size;
    return Array.from({ length: rounds }, (_, round) => {
      const likely = round % 3 === 0 ? 0.9 : 0.5;
      const entries = [...pools].filter(([name]) => random() < (name === UNKNOWN ? 0.15 : likely));
      return Object.fromEntries(entries.map(([name, pool]) => [name, pickFrom(pool)]));
    });
  }

  function pickFrom(pool: readonly Json[]): Json {
    return pool[Math.floor(random() * pool.length)] ?? null;
  }
}

/** Every node that describes the same value, in some case. */
function branches(document: OpenApiDocument, schemas: readonly Json[]): JsonObject[] {
  const found = new Set<JsonObject>();
  const visit = (start: Json | undefined): void => {
    if (!isObject(start) || found.has(start)) return;
    found.add(start);
    if (start["$ref"] !== undefined) visit(follow(document, { node: start, pointer: "" }).node);
    for (const key of ["allOf", "anyOf", "oneOf"]) {
      const list = start[key];
      if (Array.isArray(list)) for (const branch of list) visit(branch);
    }
    for (const key of ["if", "then", "else", "not"]) visit(start[key]);
    const dependent = start["dependentSchemas"];
    if (isObject(dependent)) for (const schema of Object.values(dependent)) visit(schema);
  };
  for (const schema of schemas) visit(schema);
  return [...found];
}

function mayBe({ type }: JsonObject, wanted: string): boolean {
  return type === undefined || [type].flat().includes(wanted);
}

/** Whether a keyword has any effect. */
function says(value: Json | undefined): boolean {
  return value !== undefined && value !== true && value !== false && JSON.stringify(value) !== "{}";
}

function propertyOf(node: JsonObject, name: string): Json[] {
  const { properties, patternProperties, additionalProperties } = node;
  const own = isObject(properties) && Object.hasOwn(properties, name) ? [properties[name] ?? null] : [];
  const patterns = keysOf(patternProperties)
    .filter((pattern) => new RegExp(pattern).test(name))
    .map((pattern) => (isObject(patternProperties) ? (patternProperties[pattern] ?? null) : null));
  return [...own, ...patterns, ...(additionalProperties === undefined ? [] : [additionalProperties])];
}

function itemsOf({ items, prefixItems, contains }: JsonObject, index: number): Json[] {
  const own = Array.isArray(prefixItems) ? prefixItems[index] : undefined;
  return [own, items, contains].filter((schema) => schema !== undefined);
}

function keysOf(value: Json | undefined): string[] {
  return isObject(value) ? Object.keys(value) : [];
}

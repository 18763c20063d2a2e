import type { Json } from "../json/json.ts";

/** How the schemas under a keyword stand there: alone, in a list, or by names. */
export type Holding = "schema" | "list" | "map";

/** The keywords of JSON Schema that hold schemas. Earlier drafts have `definitions`, `dependencies`, `additionalItems`. */
const SCHEMAS: ReadonlyMap<string, Holding> = new Map([
  ["additionalItems", "schema"],
  ["additionalProperties", "schema"],
  ["contains", "schema"],
  ["contentSchema", "schema"],
  ["else", "schema"],
  ["if", "schema"],
  ["items", "schema"],
  ["not", "schema"],
  ["propertyNames", "schema"],
  ["then", "schema"],
  ["unevaluatedItems", "schema"],
  ["unevaluatedProperties", "schema"],
  ["allOf", "list"],
  ["anyOf", "list"],
  ["oneOf", "list"],
  ["prefixItems", "list"],
  ["$defs", "map"],
  ["definitions", "map"],
  ["dependencies", "map"],
  ["dependentSchemas", "map"],
  ["patternProperties", "map"],
  ["properties", "map"],
]);

/** The keywords whose schemas describe, as branches of their schema, the same value as it does. */
export const BRANCHES = ["allOf", "anyOf", "oneOf"] as const;

/** Where documents stand that were put together with this one, by the names of their files. */
export const LINKED_FILES = "x-linked-files";

/** The fields of OpenAPI whose own keys are names: of statuses, headers, media types, components, … */
const MAPS = new Set([
  "callbacks",
  "content",
  "encoding",
  "examples",
  "headers",
  "links",
  "mapping",
  "parameters",
  "pathItems",
  "paths",
  "requestBodies",
  "responses",
  "schemas",
  "scopes",
  "securitySchemes",
  "variables",
  "webhooks",
  LINKED_FILES,
]);

/** The keywords of both whose value is data, in which nothing is a keyword. */
const DATA = new Set([
  "const",
  "dataValue",
  "default",
  "dependentRequired",
  "enum",
  "example",
  "security",
  "value",
]);

/** How schemas are under a keyword of JSON Schema; `undefined` if none do. */
export function holding(keyword: string): Holding | undefined {
  return SCHEMAS.get(keyword);
}

/**
 * What is under a key of an object that OpenAPI or JSON Schema describes: another such object or a list of them
 * (`node`), such objects by names, or data.
 */
export function contentOf(key: string, value: Json): "node" | "map" | "data" {
  // The examples of a schema are a list of values, those of a media type are by names.
  if (DATA.has(key) || (key === "examples" && Array.isArray(value))) return "data";
  if (MAPS.has(key) || SCHEMAS.get(key) === "map") return Array.isArray(value) ? "node" : "map";
  // What an extension holds may be referred to as a schema.
  return "node";
}

/** The tokens of a way into a document, or into a schema, that are keywords: the others are names and indexes. */
export function keywordsIn(tokens: readonly string[]): string[] {
  const keywords: string[] = [];
  let named = false;
  for (const token of tokens) {
    if (!named) keywords.push(token);
    named = !named && (MAPS.has(token) || holding(token) === "map" || holding(token) === "list");
  }
  return keywords;
}

/** Whether these tokens lead from a schema to a schema. */
export function leadToSchema([keyword, ...rest]: readonly string[]): boolean {
  if (keyword === undefined) return true;
  const held = holding(keyword);
  if (held === undefined) return false;
  return held === "schema" ? leadToSchema(rest) : rest.length > 0 && leadToSchema(rest.slice(1));
}

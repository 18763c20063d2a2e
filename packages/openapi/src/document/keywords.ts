import type { Json } from "../json/json.ts";

/** How a keyword contains schemas: a single one, a list, or by name. */
export type Holding = "schema" | "list" | "map";

/**
 * The keywords of JSON Schema that contain schemas. Earlier drafts have `definitions`, `dependencies`,
 * `additionalItems`.
 */
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

/** The keywords whose schemas describe the same value as their parent, as branches of it. */
export const BRANCHES = ["allOf", "anyOf", "oneOf"] as const;

/** Where documents that were bundled into this one are, by file name. */
export const LINKED_FILES = "x-linked-files";

/** The fields of OpenAPI whose keys are names: of statuses, headers, media types, components, … */
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

/** The keywords of both whose value is data, which contains no keywords. */
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

/** How a keyword of JSON Schema contains schemas; `undefined` if it doesn't. */
export function holding(keyword: string): Holding | undefined {
  return SCHEMAS.get(keyword);
}

/**
 * The kind of value under a key of an object that OpenAPI or JSON Schema describes: another such object or a list of
 * them (`node`), such objects by name, or data.
 */
export function contentOf(key: string, value: Json): "node" | "map" | "data" {
  // A reference may point to a schema inside an extension.
  const content = CONTENTS.get(key) ?? "node";
  if (content !== "map" || !Array.isArray(value)) return content;
  // A schema's examples are a list of values, those of a media type are a map by name.
  return key === "examples" ? "data" : "node";
}

/** By key, so that a walk looks up each key once. */
const CONTENTS: ReadonlyMap<string, "map" | "data"> = new Map([
  ...[...SCHEMAS].flatMap(([key, held]) => (held === "map" ? [[key, held] as const] : [])),
  ...[...MAPS].map((key) => [key, "map"] as const),
  ...[...DATA].map((key) => [key, "data"] as const),
]);

/** The tokens of a path into a document or schema that are keywords: the others are names and indexes. */
export function keywordsIn(tokens: readonly string[]): string[] {
  const keywords: string[] = [];
  let named = false;
  for (const token of tokens) {
    if (!named) keywords.push(token);
    named = !named && (MAPS.has(token) || holding(token) === "map" || holding(token) === "list");
  }
  return keywords;
}

/** Whether these tokens lead from one schema to another. */
export function leadToSchema([keyword, ...rest]: readonly string[]): boolean {
  if (keyword === undefined) return true;
  const held = holding(keyword);
  if (held === undefined) return false;
  return held === "schema" ? leadToSchema(rest) : rest.length > 0 && leadToSchema(rest.slice(1));
}

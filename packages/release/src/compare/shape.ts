import {
  changeNodes,
  isObject,
  type Json,
  type JsonObject,
  type Located,
  type OpenApiDocument,
  referenceHops,
} from "@dots-payouts/openapi";
import { canonical, WORDS } from "./canonical.ts";

/** Schemas that all hold for one value. */
export type Schema = readonly Located[];

/** What schemas say of a value together, however they are split up: references are followed and `allOf` is merged. */
export interface Shape {
  /** `number` is said with `integer`, so that a subset of the types is a subset of the values. None: any. */
  readonly types: ReadonlySet<string> | undefined;
  /** JSON of the values. None: any. */
  readonly values: ReadonlySet<string> | undefined;
  readonly required: ReadonlySet<string>;
  readonly properties: ReadonlyMap<string, Schema>;
  readonly items: Schema;
  /** Of the properties that are not declared; none: anything goes. */
  readonly additional: Schema;
  /** The branches of each `anyOf` and `oneOf`. */
  readonly choices: readonly Choice[];
  /** Each `if`, with `then` and `else`, as a text, and what it is called. */
  readonly conditions: ReadonlyMap<string, string>;
  /** All other keywords, each with the values that it has. */
  readonly keywords: ReadonlyMap<string, ReadonlySet<string>>;
}

export interface Choice {
  readonly keyword: string;
  readonly branches: readonly Schema[];
}

const STRUCTURE = new Set(["$ref", "allOf", "type", "enum", "const", "required", "properties", "items"]);
const CONDITION = new Set(["if", "then", "else"]);

export function shapeOf(document: OpenApiDocument, schema: Schema): Shape {
  let types: Set<string> | undefined;
  let values: Set<string> | undefined;
  const required = new Set<string>();
  const properties = new Map<string, Located[]>();
  const items: Located[] = [];
  const additional: Located[] = [];
  const choices: Choice[] = [];
  const conditions = new Map<string, string>();
  const keywords = new Map<string, Set<string>>();

  for (const { node, pointer } of conjuncts(document, schema)) {
    if (node === false) types = new Set();
    if (!isObject(node)) continue;
    const child = (key: string): Located => ({ node: node[key] ?? null, pointer: `${pointer}/${key}` });
    if (node["type"] !== undefined) types = both(types, typesOf(node["type"]));
    if (Array.isArray(node["enum"])) values = both(values, jsonOf(node["enum"]));
    if (node["const"] !== undefined) values = both(values, jsonOf([node["const"]]));
    for (const name of list(node["required"])) if (typeof name === "string") required.add(name);
    if (isObject(node["properties"])) {
      for (const [name, property] of Object.entries(node["properties"])) {
        const place = { node: property, pointer: `${pointer}/properties/${name}` };
        properties.set(name, [...(properties.get(name) ?? []), place]);
      }
    }
    if (node["items"] !== undefined) items.push(child("items"));
    if (node["if"] !== undefined) {
      const parts = [...CONDITION].filter((key) => node[key] !== undefined);
      const text = parts.map((key) => `${key} ${plain(document, key, child(key))}`).join(" ");
      conditions.set(text, String(node["title"] ?? node["description"] ?? "no name").trim());
    }
    for (const key of Object.keys(node)) {
      if (STRUCTURE.has(key) || CONDITION.has(key) || WORDS.has(key)) continue;
      if (key === "additionalProperties") additional.push(child(key));
      else if (key === "anyOf" || key === "oneOf") choices.push(choiceOf(key, child(key)));
      else keywords.set(key, new Set([...(keywords.get(key) ?? []), plain(document, key, child(key))]));
    }
  }
  return { types, values, required, properties, items, additional, choices, conditions, keywords };
}

/** A text that is the same for two schemas when they say the same of a value. */
export function signature(document: OpenApiDocument, schema: Schema): string {
  return JSON.stringify(sign(document, schema, []));
}

function sign(document: OpenApiDocument, schema: Schema, above: readonly string[]): Json {
  const places = schema.map(({ pointer }) => pointer).join(" ");
  if (above.includes(places)) return "circle";
  const shape = shapeOf(document, schema);
  const nested = (inner: Schema): Json => sign(document, inner, [...above, places]);
  const sorted = (texts: Iterable<string> | undefined): Json =>
    texts === undefined ? null : [...texts].sort();
  const said: [string, Json, boolean][] = [
    ["types", sorted(shape.types), shape.types !== undefined],
    ["values", sorted(shape.values), shape.values !== undefined],
    ["required", sorted(shape.required), shape.required.size > 0],
    [
      "properties",
      byName([...shape.properties].map(([name, inner]) => [name, nested(inner)])),
      shape.properties.size > 0,
    ],
    ["items", nested(shape.items), shape.items.length > 0],
    ["additional", nested(shape.additional), !isOpen(shape.additional)],
    ["choices", shape.choices.map((choice) => signChoice(choice, nested)), shape.choices.length > 0],
    ["conditions", sorted(shape.conditions.keys()), shape.conditions.size > 0],
    [
      "keywords",
      byName([...shape.keywords].map(([name, texts]) => [name, sorted(texts)])),
      shape.keywords.size > 0,
    ],
  ];
  return Object.fromEntries(said.flatMap(([name, value, says]) => (says ? [[name, value]] : [])));
}

function signChoice({ keyword, branches }: Choice, nested: (inner: Schema) => Json): Json {
  return [keyword, ...branches.map((branch) => JSON.stringify(nested(branch))).sort()];
}

/** Whether undeclared properties may be anything. */
export function isOpen(additional: Schema): boolean {
  return additional.every(({ node }) => node === true || (isObject(node) && Object.keys(node).length === 0));
}

function conjuncts(document: OpenApiDocument, schema: Schema): Located[] {
  const found = new Map<string, Located>();
  const visit = (start: Located): void => {
    for (const hop of referenceHops(document, start)) {
      if (found.has(hop.pointer)) continue;
      found.set(hop.pointer, hop);
      for (const [index, branch] of list(isObject(hop.node) ? hop.node["allOf"] : undefined).entries()) {
        visit({ node: branch, pointer: `${hop.pointer}/allOf/${index}` });
      }
    }
  };
  for (const place of schema) visit(place);
  return [...found.values()];
}

function choiceOf(keyword: string, { node, pointer }: Located): Choice {
  return {
    keyword,
    branches: list(node).map((branch, index) => [{ node: branch, pointer: `${pointer}/${index}` }]),
  };
}

/** What stands under a key without the words in it, as a text. */
function plain(document: OpenApiDocument, key: string, place: Located): string {
  const node: JsonObject = { [key]: JSON.parse(canonical(document, place)) };
  const bare = changeNodes(node, (part, walk) => {
    const entries = Object.entries(part).filter(([name]) => !WORDS.has(name));
    return walk.below(Object.fromEntries(entries));
  });
  return JSON.stringify(bare[key]);
}

function typesOf(type: Json): Set<string> {
  const types = new Set([type].flat().filter((name) => typeof name === "string"));
  if (types.has("number")) types.add("integer");
  return types;
}

function jsonOf(values: readonly Json[]): Set<string> {
  return new Set(values.map((value) => JSON.stringify(value)));
}

function both(one: ReadonlySet<string> | undefined, other: Set<string>): Set<string> {
  return one === undefined ? other : new Set([...one].filter((value) => other.has(value)));
}

function byName(entries: [string, Json][]): Json {
  return Object.fromEntries(entries.sort(([one], [other]) => (one < other ? -1 : 1)));
}

function list(node: Json | undefined): Json[] {
  return Array.isArray(node) ? node : [];
}

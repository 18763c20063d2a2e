import {
  changeNodes,
  getAt,
  isObject,
  type Json,
  type JsonObject,
  keywordsIn,
  parsePointer,
} from "@dots-payouts/openapi";

/** Whether a schema describes requests, responses, or both. */
interface Use {
  readonly sent: boolean;
  readonly received: boolean;
}

/**
 * An OpenAPI 3.0 document in which a `readOnly` property is not required in requests, and a `writeOnly` one not in
 * responses: 3.0 has this rule, JSON Schema does not. A schema used for both requires neither.
 */
export function relaxRequired(document: JsonObject): JsonObject {
  const sent = reachable(document, true);
  const received = reachable(document, false);
  // What a schema says about its properties also applies to the parts of its `allOf`.
  const inherited = new Map<Json, Flags>();
  return changeNodes(document, (node, walk) => {
    const flags = merged(inherited.get(node) ?? NONE, flagsOf(document, node, new Set()));
    const { required, ...rest } = node;
    const { allOf } = node;
    if (Array.isArray(allOf)) for (const part of allOf) inherited.set(part, flags);
    if (!Array.isArray(required)) return walk.below(node);
    const use = useAt(walk.pointer, sent, received);
    const names = required.filter((name) => !isFree(name, use, flags));
    return walk.below(names.length === 0 ? rest : { ...node, required: names });
  });
}

interface Flags {
  readonly readOnly: ReadonlySet<string>;
  readonly writeOnly: ReadonlySet<string>;
}

const NONE: Flags = { readOnly: new Set(), writeOnly: new Set() };

function isFree(name: Json, { sent, received }: Use, { readOnly, writeOnly }: Flags): boolean {
  return typeof name === "string" && ((sent && readOnly.has(name)) || (received && writeOnly.has(name)));
}

/** The use of the value at a JSON Pointer: the innermost deciding keyword wins. */
function useAt(pointer: string, sent: ReadonlySet<string>, received: ReadonlySet<string>): Use {
  const way = parsePointer(pointer);
  const [first, second, name = ""] = way;
  if (first === "components") {
    if (second === "schemas") return { sent: sent.has(name), received: received.has(name) };
    if (second === "requestBodies" || second === "parameters") return { sent: true, received: false };
    if (second === "responses" || second === "headers") return { sent: false, received: true };
  }
  const ways = first === "paths" ? keywordsIn(way) : [];
  const key = ways.findLast((keyword) => keyword === "requestBody" || keyword === "responses");
  return { sent: key === "requestBody", received: key === "responses" };
}

/** The names of the component schemas that requests, or answers, use. */
function reachable(document: JsonObject, inRequests: boolean): ReadonlySet<string> {
  const names = new Set<string>();
  const seen = new Set<string>();
  const visit = (node: Json, counts: boolean): void => {
    if (Array.isArray(node)) for (const item of node) visit(item, counts);
    if (!isObject(node)) return;
    for (const [key, value] of Object.entries(node)) {
      if (key === "$ref" && typeof value === "string") {
        if (counts && value.startsWith(SCHEMAS)) names.add(value.slice(SCHEMAS.length));
        if (seen.has(`${counts} ${value}`)) continue;
        seen.add(`${counts} ${value}`);
        visit(target(document, value), counts);
      } else {
        visit(value, counts || key === (inRequests ? "requestBody" : "responses"));
      }
    }
  };
  visit(document["paths"] ?? null, false);
  return names;
}

const SCHEMAS = "#/components/schemas/";

function target(document: JsonObject, reference: string): Json {
  return reference.startsWith("#/")
    ? (getAt(document, decodeURIComponent(reference.slice(1))) ?? null)
    : null;
}

/** The properties of a schema and its parts that are for one direction only. */
function flagsOf(document: JsonObject, schema: JsonObject, seen: Set<JsonObject>): Flags {
  if (seen.has(schema)) return NONE;
  seen.add(schema);
  const reference = schema["$ref"];
  const base = typeof reference === "string" ? target(document, reference) : null;
  const parts = Array.isArray(schema["allOf"]) ? schema["allOf"] : [];
  const properties = Object.entries(isObject(schema["properties"]) ? schema["properties"] : {});
  const named = (flag: string): Set<string> =>
    new Set(properties.flatMap(([name, property]) => (isMarked(document, property, flag) ? [name] : [])));
  return [base, ...parts].reduce<Flags>(
    (flags, part) => (isObject(part) ? merged(flags, flagsOf(document, part, seen)) : flags),
    { readOnly: named("readOnly"), writeOnly: named("writeOnly") },
  );
}

function isMarked(document: JsonObject, property: Json, flag: string): boolean {
  if (!isObject(property)) return false;
  const reference = property["$ref"];
  const meant = typeof reference === "string" ? target(document, reference) : property;
  return isObject(meant) && meant[flag] === true;
}

function merged(one: Flags, other: Flags): Flags {
  return {
    readOnly: new Set([...one.readOnly, ...other.readOnly]),
    writeOnly: new Set([...one.writeOnly, ...other.writeOnly]),
  };
}

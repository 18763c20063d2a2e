import { getAt, isObject, type Json, type JsonObject } from "@dots-payouts/openapi";
import { isData, isMap } from "./document-keys.ts";

/** Whether a schema describes what is sent, what comes back, or both. */
interface Use {
  readonly sent: boolean;
  readonly received: boolean;
}

/**
 * An OpenAPI 3.0 document in which a property that is `readOnly` is not required in what is sent, and one that is
 * `writeOnly` not in what comes back: 3.0 has it so, and JSON Schema has not. A schema that serves both ways requires
 * neither.
 */
export function relaxRequired(document: JsonObject): JsonObject {
  const sent = reachable(document, true);
  const received = reachable(document, false);
  const visit = (node: Json, path: readonly string[], use: Use, above: Flags, inMap: boolean): Json => {
    if (Array.isArray(node)) {
      return node.map((item, index) => visit(item, [...path, String(index)], use, above, false));
    }
    if (!isObject(node)) return node;
    const flags = inMap ? NONE : merged(above, flagsOf(document, node, new Set()));
    const entries = Object.entries(node).flatMap(([key, value]): [string, Json][] => {
      if (isData(key, inMap)) return [[key, value]];
      if (key === "required" && Array.isArray(value) && !inMap) {
        const names = value.filter((name) => !isFree(name, use, flags));
        return names.length === 0 ? [] : [[key, names]];
      }
      const place = [...path, key];
      const within = useOf(place, use, sent, received);
      return [[key, visit(value, place, within, key === "allOf" ? flags : NONE, isMap(key, inMap))]];
    });
    return Object.fromEntries(entries);
  };
  const relaxed = visit(document, [], { sent: false, received: false }, NONE, false);
  return isObject(relaxed) ? relaxed : document;
}

interface Flags {
  readonly readOnly: ReadonlySet<string>;
  readonly writeOnly: ReadonlySet<string>;
}

const NONE: Flags = { readOnly: new Set(), writeOnly: new Set() };

function isFree(name: Json, { sent, received }: Use, { readOnly, writeOnly }: Flags): boolean {
  return typeof name === "string" && ((sent && readOnly.has(name)) || (received && writeOnly.has(name)));
}

function useOf(
  place: readonly string[],
  use: Use,
  sent: ReadonlySet<string>,
  received: ReadonlySet<string>,
): Use {
  const [first, second, name] = place;
  if (first === "components" && place.length === 3) {
    if (second === "schemas") return { sent: sent.has(name ?? ""), received: received.has(name ?? "") };
    if (second === "requestBodies" || second === "parameters") return { sent: true, received: false };
    if (second === "responses" || second === "headers") return { sent: false, received: true };
  }
  if (first !== "paths") return use;
  const key = place.at(-1);
  if (key === "requestBody") return { sent: true, received: false };
  return key === "responses" ? { sent: false, received: true } : use;
}

/** The names of the component schemas that requests, or answers, lead to. */
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

/** The properties of a schema, and of those that it is made of, that are for one way only. */
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

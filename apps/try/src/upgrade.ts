import { isObject, type Json, type JsonObject } from "@dots-payouts/openapi";

/** Keys that hold data, in which nothing is a schema. */
const DATA = new Set(["example", "examples", "default", "enum", "const"]);

/** Keys whose own keys are names. */
const MAPS = new Set([
  "properties",
  "patternProperties",
  "schemas",
  "paths",
  "responses",
  "parameters",
  "headers",
]);

/** An OpenAPI 3.0 document as 3.1 says the same; one of 3.1 as it is. */
export function upgrade(document: JsonObject): JsonObject {
  if (!String(document["openapi"]).startsWith("3.0")) return document;
  const upgraded = visit(document, false);
  return isObject(upgraded) ? { ...upgraded, openapi: "3.1.0" } : document;
}

function visit(node: Json, isMap: boolean): Json {
  if (Array.isArray(node)) return node.map((item) => visit(item, false));
  if (!isObject(node)) return node;
  const entries = Object.entries(node).map(([key, value]): [string, Json] => [
    key,
    !isMap && DATA.has(key) ? value : visit(value, !isMap && MAPS.has(key)),
  ]);
  const visited = Object.fromEntries(entries);
  return isMap ? visited : nullable(limit(limit(visited, "minimum"), "maximum"));
}

/** `exclusiveMinimum: true` beside `minimum` becomes `exclusiveMinimum` with the number. */
function limit(schema: JsonObject, keyword: "minimum" | "maximum"): JsonObject {
  const name = keyword === "minimum" ? "exclusiveMinimum" : "exclusiveMaximum";
  const { [name]: exclusive, [keyword]: bound, ...rest } = schema;
  if (typeof exclusive !== "boolean") return schema;
  if (bound === undefined) return rest;
  return { ...rest, [exclusive ? name : keyword]: bound };
}

function nullable(schema: JsonObject): JsonObject {
  const { nullable: isNullable, ...rest } = schema;
  if (typeof isNullable !== "boolean") return schema;
  if (!isNullable) return rest;
  const { type, enum: values } = rest;
  if (typeof type !== "string") return { anyOf: [rest, { type: "null" }] };
  const listed = Array.isArray(values) && !values.includes(null) ? { enum: [...values, null] } : {};
  return { ...rest, type: [type, "null"], ...listed };
}

import type { JsonObject } from "../json/json.ts";

/** A schema with numeric exclusive bounds, as in 3.1: in 3.0, `exclusiveMinimum: true` modifies `minimum`. */
export function withExclusiveBounds(schema: JsonObject): JsonObject {
  return withBound(withBound(schema, "minimum", "exclusiveMinimum"), "maximum", "exclusiveMaximum");
}

function withBound(schema: JsonObject, keyword: string, name: string): JsonObject {
  const { [name]: exclusive, [keyword]: bound, ...rest } = schema;
  if (typeof exclusive !== "boolean") return schema;
  if (bound === undefined) return rest;
  return { ...rest, [exclusive ? name : keyword]: bound };
}

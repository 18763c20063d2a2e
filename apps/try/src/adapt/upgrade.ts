import { changeNodes, type JsonObject, withExclusiveBounds } from "@dots-payouts/openapi";

/**
 * Converts an OpenAPI 3.0 document to 3.1. In a 3.1 document, `nullable` is read as in 3.0: it has no meaning there,
 * but its author meant that.
 */
export function upgrade(document: JsonObject): JsonObject {
  const is30 = String(document["openapi"]).startsWith("3.0");
  const upgraded = changeNodes(document, (node, walk) => nullable(withExclusiveBounds(walk.below(node))));
  return is30 ? { ...upgraded, openapi: "3.1.0" } : upgraded;
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

import {
  changeNodes,
  type JsonObject,
  type OpenApiDocument,
  withExclusiveBounds,
} from "@dots-payouts/openapi";

/** Converts an OpenAPI 3.0 document to 3.1. A 3.1 document is unchanged. */
export function upgrade(document: OpenApiDocument): OpenApiDocument {
  if (!String(document["openapi"]).startsWith("3.0.")) return document;
  const upgraded = changeNodes(document, (node, walk) => {
    // In 3.0, keywords next to a reference are ignored.
    if (typeof node["$ref"] === "string") return { $ref: node["$ref"] };
    return nullable(withExclusiveBounds(walk.below(node)));
  });
  return { ...upgraded, openapi: "3.1.0" };
}

/**
 * `nullable` adds `null` to the type, and to the listed values, as its authors intend. Without a type it has no effect.
 */
function nullable(schema: JsonObject): JsonObject {
  const { nullable: isNullable, ...rest } = schema;
  if (typeof isNullable !== "boolean") return schema;
  const { type, enum: values } = rest;
  if (!isNullable || typeof type !== "string") return rest;
  const listed = Array.isArray(values) && !values.includes(null) ? { enum: [...values, null] } : {};
  return { ...rest, type: [type, "null"], ...listed };
}

import {
  changeNodes,
  type JsonObject,
  type OpenApiDocument,
  withExclusiveBounds,
} from "@dots-payouts/openapi";

/** An OpenAPI 3.0 document as 3.1 says the same. One of 3.1 stays as it is. */
export function upgrade(document: OpenApiDocument): OpenApiDocument {
  if (!String(document["openapi"]).startsWith("3.0.")) return document;
  const upgraded = changeNodes(document, (node, walk) => {
    // Beside a reference, 3.0 reads nothing else.
    if (typeof node["$ref"] === "string") return { $ref: node["$ref"] };
    return nullable(withExclusiveBounds(walk.below(node)));
  });
  return { ...upgraded, openapi: "3.1.0" };
}

/** `nullable` adds `null` to the type, and to the listed values, as its authors mean it. Without a type it says nothing. */
function nullable(schema: JsonObject): JsonObject {
  const { nullable: isNullable, ...rest } = schema;
  if (typeof isNullable !== "boolean") return schema;
  const { type, enum: values } = rest;
  if (!isNullable || typeof type !== "string") return rest;
  const listed = Array.isArray(values) && !values.includes(null) ? { enum: [...values, null] } : {};
  return { ...rest, type: [type, "null"], ...listed };
}

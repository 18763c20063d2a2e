import { getAt, isObject, type Json, type OpenApiDocument } from "@dots-payouts/openapi";

/**
 * The document with the description of each property that is a bare reference filled in from what it refers to, so
 * that an editor shows it where the property is used.
 */
export function describeReferences(document: OpenApiDocument): OpenApiDocument {
  const visit = (node: Json, isProperty: boolean): Json => {
    if (Array.isArray(node)) return node.map((item) => visit(item, false));
    if (!isObject(node)) return node;
    const entries = Object.entries(node).map(([key, value]): [string, Json] => {
      if (key !== "properties" || !isObject(value)) return [key, visit(value, false)];
      return [
        key,
        Object.fromEntries(Object.entries(value).map(([name, schema]) => [name, visit(schema, true)])),
      ];
    });
    const reference = node["$ref"];
    if (isProperty && typeof reference === "string" && node["description"] === undefined) {
      const target = getAt(document, decodeURIComponent(reference.slice(1)));
      const description = isObject(target) ? target["description"] : undefined;
      if (description !== undefined) entries.push(["description", description]);
    }
    return Object.fromEntries(entries);
  };
  return Object.fromEntries(Object.entries(document).map(([key, value]) => [key, visit(value, false)]));
}

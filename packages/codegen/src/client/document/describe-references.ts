import { changeNodes, getAt, isObject, type Json, type OpenApiDocument } from "@dots-payouts/openapi";

/**
 * The document with the description of each property that is a bare reference filled in from what it refers to, so
 * that an editor shows it where the property is used.
 */
export function describeReferences(document: OpenApiDocument): OpenApiDocument {
  const described = (property: Json): Json => {
    if (!isObject(property) || property["description"] !== undefined) return property;
    const { $ref: reference } = property;
    if (typeof reference !== "string") return property;
    const target = getAt(document, decodeURIComponent(reference.slice(1)));
    const description = isObject(target) ? target["description"] : undefined;
    return description === undefined ? property : { ...property, description };
  };
  return changeNodes(document, (node, walk) => {
    const { properties } = node;
    if (!isObject(properties)) return walk.below(node);
    const entries = Object.entries(properties).map(([name, property]) => [name, described(property)]);
    return walk.below({ ...node, properties: Object.fromEntries(entries) });
  });
}

import { isObject, type Json, type JsonObject } from "../json/json.ts";

/** Keys whose own keys are names, and may be called like anything. */
const MAPS = new Set(["properties", "patternProperties", "$defs", "dependentSchemas", "schemas"]);

/**
 * A copy of a document without its examples: what looks like a schema in there, by an `$id` for instance, is none. All
 * other places stay where they are.
 */
export function withoutExamples(document: JsonObject): JsonObject {
  const visit = (node: Json, inMap: boolean): Json => {
    if (Array.isArray(node)) return node.map((item) => visit(item, false));
    return isObject(node) ? entriesOf(node, inMap) : node;
  };
  const entriesOf = (node: JsonObject, inMap: boolean): JsonObject =>
    Object.fromEntries(
      Object.entries(node)
        .filter(([key]) => inMap || (key !== "example" && key !== "examples"))
        .map(([key, value]) => [key, visit(value, !inMap && MAPS.has(key))]),
    );
  return entriesOf(document, false);
}

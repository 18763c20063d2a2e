import { follow, isObject, type Json, type Located, type OpenApiDocument } from "@dots-payouts/openapi";

/**
 * A text that is the same for two nodes when they say the same: keys are sorted, references followed. A circle ends in
 * its reference.
 */
export function canonical(document: OpenApiDocument, { node, pointer }: Located): string {
  return JSON.stringify(inline(document, node, pointer, []));
}

function inline(document: OpenApiDocument, node: Json, pointer: string, above: readonly string[]): Json {
  if (Array.isArray(node)) {
    return node.map((item, index) => inline(document, item, `${pointer}/${index}`, above));
  }
  if (!isObject(node)) return node;
  const reference = node["$ref"];
  const entries = Object.entries(node).filter(([key]) => key !== "$ref" || typeof reference !== "string");
  if (typeof reference === "string") {
    if (above.includes(reference)) return { $ref: reference };
    const target = follow(document, { node, pointer });
    const meaning = inline(document, target.node, target.pointer, [...above, reference]);
    if (entries.length === 0) return meaning;
    // Keywords beside a reference add to what it means; a key that JSON Schema does not have keeps them apart.
    entries.push(["$ref:", meaning]);
  }
  return Object.fromEntries(
    entries
      .map(([key, child]): [string, Json] => [
        key,
        key === "$ref:" ? child : inline(document, child, `${pointer}/${key}`, above),
      ])
      .sort(([one], [other]) => (one < other ? -1 : 1)),
  );
}

/** Keywords that say something to people and nothing to a program. */
export const WORDS: ReadonlySet<string> = new Set([
  "title",
  "summary",
  "description",
  "examples",
  "example",
  "externalDocs",
  "tags",
  "$comment",
]);

import {
  changeNodes,
  follow,
  isObject,
  type Json,
  type Located,
  type OpenApiDocument,
} from "@dots-payouts/openapi";

/**
 * A text that is the same for two nodes when they say the same: keys are sorted, references followed. A circle ends in
 * its reference.
 */
export function canonical(document: OpenApiDocument, { node, pointer }: Located): string {
  return JSON.stringify(sorted(inline(document, node, pointer, [])));
}

function inline(document: OpenApiDocument, root: Json, pointer: string, above: readonly string[]): Json {
  return changeNodes(root, (node, walk) => {
    const { $ref: reference, ...rest } = node;
    if (typeof reference !== "string") return walk.below(node);
    if (above.includes(reference)) return { $ref: reference };
    const target = follow(document, { node, pointer: pointer + walk.pointer });
    const meaning = inline(document, target.node, target.pointer, [...above, reference]);
    // Keywords beside a reference add to what it means; a key that JSON Schema does not have keeps them apart.
    return Object.keys(rest).length === 0 ? meaning : { ...walk.below(rest), "$ref:": meaning };
  });
}

function sorted(node: Json): Json {
  if (Array.isArray(node)) return node.map(sorted);
  if (!isObject(node)) return node;
  const entries = Object.entries(node).map(([key, child]): [string, Json] => [key, sorted(child)]);
  return Object.fromEntries(entries.sort(([one], [other]) => (one < other ? -1 : 1)));
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

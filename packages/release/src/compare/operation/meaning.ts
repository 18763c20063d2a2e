import {
  changeNodes,
  eachNode,
  follow,
  isObject,
  type Json,
  type Located,
  type OpenApiDocument,
  parsePointer,
} from "@dots-payouts/openapi";
import { isWord, withoutWords } from "../change/words.ts";
import { sorted } from "../proof/signature.ts";

/**
 * A text that is equal for the values of a key in two documents if they mean the same: keys are sorted, references
 * followed, and descriptions left out. A circular reference stays a reference.
 */
export function meaningOf(document: OpenApiDocument, key: string, { node, pointer }: Located): string {
  if (!isObject(node) && !Array.isArray(node)) return JSON.stringify(node);
  return JSON.stringify(sorted(withoutWords(key, inline(document, node, pointer, []))));
}

/**
 * The descriptions in a node and in what it refers to, each with its place. References and `allOf` do not count as
 * places.
 */
export function wordsIn(document: OpenApiDocument, { node, pointer }: Located): string {
  const found = new Set<string>();
  eachNode(inline(document, node, pointer, []), (part, walk) => {
    const words = Object.entries(part).filter(([key]) => isWord(key));
    if (words.length === 0) return;
    const way = parsePointer(walk.pointer).filter(
      (key, index, keys) => key !== "allOf" && keys[index - 1] !== "allOf",
    );
    for (const [key, value] of words) found.add(JSON.stringify([...way, key, sorted(value)]));
  });
  return [...found].sort().join("\n");
}

function inline(document: OpenApiDocument, root: Json, pointer: string, above: readonly string[]): Json {
  return changeNodes(root, (node, walk) => {
    const { $ref: reference, ...rest } = node;
    if (typeof reference !== "string") return walk.below(node);
    if (above.includes(reference)) return { $ref: reference };
    const target = follow(document, { node, pointer: pointer + walk.pointer });
    const meaning = inline(document, target.node, target.pointer, [...above, reference]);
    // Keywords next to a reference apply together with its target.
    return Object.keys(rest).length === 0 || !isObject(meaning)
      ? meaning
      : { allOf: [meaning], ...walk.below(rest) };
  });
}

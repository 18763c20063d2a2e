import type { JsonObject } from "../json/json.ts";
import { changeNodes } from "./nodes.ts";

/**
 * A copy of a document without its examples: what looks like a schema in there, by an `$id` for instance, is none. All
 * other places stay where they are.
 */
export function withoutExamples(document: JsonObject): JsonObject {
  return changeNodes(document, (node, walk) => {
    if (!("example" in node || "examples" in node)) return walk.below(node);
    const { example: _, examples: __, ...rest } = node;
    return walk.below(rest);
  });
}

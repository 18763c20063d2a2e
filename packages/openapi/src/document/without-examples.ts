import type { JsonObject } from "../json/json.ts";
import { changeNodes } from "./nodes.ts";

/**
 * A copy of a document without its examples: anything in them that looks like a schema, for instance because of an
 * `$id`, is not one. All other places stay the same.
 */
export function withoutExamples(document: JsonObject): JsonObject {
  return changeNodes(document, (node, walk) => {
    if (!("example" in node || "examples" in node)) return walk.below(node);
    const { example: _, examples: __, ...rest } = node;
    return walk.below(rest);
  });
}

import { changeNodes, type Json } from "@dots-payouts/openapi";

const ANNOTATIONS = new Set([
  "title",
  "description",
  "summary",
  "example",
  "examples",
  "default",
  "deprecated",
]);

/** Schemas without annotations, because a validator includes its schema. */
export function bareSchemas(node: Json): Json {
  return changeNodes(node, (schema, walk) => {
    const rules = Object.entries(schema).filter(([key]) => !ANNOTATIONS.has(key) && !key.startsWith("x-"));
    return walk.below(Object.fromEntries(rules));
  });
}

import { isObject, type Json } from "@dots-payouts/openapi";

const ANNOTATIONS = new Set([
  "title",
  "description",
  "summary",
  "example",
  "examples",
  "default",
  "deprecated",
]);
const MAPS = new Set([
  "properties",
  "patternProperties",
  "$defs",
  "schemas",
  "dependentSchemas",
  "responses",
]);

/** Schemas without the words that only describe: a validator carries its schema along. */
export function bareSchemas(node: Json): Json {
  if (Array.isArray(node)) return node.map(bareSchemas);
  if (!isObject(node)) return node;
  return Object.fromEntries(
    Object.entries(node)
      .filter(([key]) => !ANNOTATIONS.has(key) && !key.startsWith("x-"))
      .map(([key, value]) => [key, MAPS.has(key) ? eachOf(value) : bareSchemas(value)]),
  );
}

// The keys are names here: a property may well be called `description`.
function eachOf(map: Json): Json {
  if (!isObject(map)) return map;
  return Object.fromEntries(Object.entries(map).map(([name, schema]) => [name, bareSchemas(schema)]));
}

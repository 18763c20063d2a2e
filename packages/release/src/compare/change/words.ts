import { changeNodes, type Json, type JsonObject } from "@dots-payouts/openapi";

/** Keywords with meaning for people, but not for programs. */
const WORDS: ReadonlySet<string> = new Set([
  "title",
  "summary",
  "description",
  "examples",
  "example",
  "externalDocs",
  "tags",
  "$comment",
  "x-assumption",
]);

/** Whether this key of an OpenAPI or JSON Schema node is only for people. */
export function isWord(key: string): boolean {
  return WORDS.has(key);
}

/** The value of a key without its descriptions. Names and data that look like descriptions stay. */
export function withoutWords(key: string, value: Json): Json {
  if (typeof value !== "object" || value === null) return value;
  // The content of an extension is not a node: a `title` in it may be the name of a field.
  const bare = key.startsWith("x-") ? withoutProse : withoutKeywords;
  return changeNodes({ [key]: value }, (node, walk) => walk.below(bare(node)))[key] ?? null;
}

function withoutKeywords(node: JsonObject): JsonObject {
  return Object.fromEntries(Object.entries(node).filter(([key]) => !isWord(key)));
}

/** Text with a space is for people; a pointer or a name has none. */
function withoutProse(node: JsonObject): JsonObject {
  return Object.fromEntries(
    Object.entries(node).filter(
      ([key, value]) =>
        key !== "x-assumption" && !(isWord(key) && typeof value === "string" && value.includes(" ")),
    ),
  );
}

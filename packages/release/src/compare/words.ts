import { changeNodes, type Json, type JsonObject } from "@dots-payouts/openapi";

/** Keywords that say something to people and nothing to a program. */
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

/** Whether this key of a node of OpenAPI or JSON Schema only says something to people. */
export function isWord(key: string): boolean {
  return WORDS.has(key);
}

/** What is under a key, without the words in it. Names and data that are called like words stay. */
export function withoutWords(key: string, value: Json): Json {
  if (typeof value !== "object" || value === null) return value;
  // What an extension holds is no node: a `title` in it may be the name of a field.
  const bare = key.startsWith("x-") ? withoutProse : withoutKeywords;
  return changeNodes({ [key]: value }, (node, walk) => walk.below(bare(node)))[key] ?? null;
}

function withoutKeywords(node: JsonObject): JsonObject {
  return Object.fromEntries(Object.entries(node).filter(([key]) => !isWord(key)));
}

/** Text with a blank in it is for people; a pointer or a name has none. */
function withoutProse(node: JsonObject): JsonObject {
  return Object.fromEntries(
    Object.entries(node).filter(
      ([key, value]) =>
        key !== "x-assumption" && !(isWord(key) && typeof value === "string" && value.includes(" ")),
    ),
  );
}

import { follow, formatPointer, isObject, type Located, type OpenApiDocument } from "@dots-payouts/openapi";
import { assumedIn } from "../change/assumed.ts";
import type { Note } from "../change/change.ts";
import { isWord } from "../change/words.ts";
import { meaningOf } from "./meaning.ts";

/**
 * Compares what no rule covers: all unknown keys that are not just descriptions. They can't be judged, so changes count
 * as breaking.
 */
export function compareOtherKeys(
  { before, after, note }: { before: OpenApiDocument; after: OpenApiDocument; note: Note },
  old: Located,
  now: Located,
  known: readonly string[],
  who: string,
): void {
  const from = otherKeys(before, old, known);
  const to = otherKeys(after, now, known);
  for (const key of new Set([...from.keys(), ...to.keys()])) {
    if (from.get(key) !== to.get(key)) {
      const text = `${who} changes its ${key} in a way that no rule covers.`;
      note(
        "breaking",
        text,
        undefined,
        assumedIn({ before, after }, placeOf(before, old), placeOf(after, now), key),
      );
    }
  }
}

function placeOf(document: OpenApiDocument, start: Located): string {
  return follow(document, start).pointer;
}

function otherKeys(document: OpenApiDocument, start: Located, known: readonly string[]): Map<string, string> {
  const { node, pointer } = follow(document, start);
  if (!isObject(node)) return new Map();
  return new Map(
    Object.entries(node)
      .filter(([key]) => !known.includes(key) && !isWord(key))
      .map(([key, child]) => [
        key,
        meaningOf(document, key, { node: child, pointer: pointer + formatPointer([key]) }),
      ]),
  );
}

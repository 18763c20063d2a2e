import { GENERIC_WORDS } from "./generic-words.ts";
import type { SpecName } from "./spec-names.ts";
import { words } from "./words.ts";

/** A name of the spec that is in a source. */
export interface Finding extends SpecName {
  /** From 1. */
  readonly line: number;
  /** The text there. */
  readonly text: string;
}

/**
 * The names of the spec that a source contains, in code, strings and comments, in any spelling: a name is found if its
 * words follow each other in one identifier or hyphenated word. Generic words don't count as names.
 */
export function findNames(source: string, names: ReadonlyMap<string, SpecName>): Finding[] {
  const longest = Math.max(0, ...[...names.keys()].map((key) => key.split(" ").length));
  return source.split("\n").flatMap((line, index) =>
    (line.match(/[A-Za-z\d_$-]+/g) ?? []).flatMap((text) => {
      const name = nameIn(words(text), longest, names);
      return name === undefined ? [] : [{ ...name, line: index + 1, text }];
    }),
  );
}

function nameIn(
  parts: readonly string[],
  longest: number,
  names: ReadonlyMap<string, SpecName>,
): SpecName | undefined {
  for (let length = Math.min(longest, parts.length); length > 0; length -= 1) {
    for (let start = 0; start + length <= parts.length; start += 1) {
      const key = parts.slice(start, start + length).join(" ");
      const name = GENERIC_WORDS.has(key) ? undefined : names.get(key);
      if (name !== undefined) return name;
    }
  }
  return undefined;
}

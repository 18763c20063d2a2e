import type { Change, Impact, Note } from "./change.ts";

const ORDER: readonly Impact[] = ["words", "addition", "breaking"];

/** Collects what changes in one place. What is found several times is told once, at its worst. */
export function notesOf(where: string): { readonly note: Note; readonly changes: () => Change[] } {
  const found = new Map<string, Change>();
  const note: Note = (impact, text, advice, assumed) => {
    const known = found.get(text);
    if (known !== undefined && ORDER.indexOf(known.impact) >= ORDER.indexOf(impact)) return;
    found.set(text, {
      impact,
      where,
      text,
      ...(advice === undefined ? {} : { advice }),
      ...(assumed === undefined ? {} : { assumed }),
    });
  };
  return { note, changes: () => [...found.values()] };
}

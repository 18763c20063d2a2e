import type { Change, Impact, Note } from "./change.ts";

const ORDER: readonly Impact[] = ["words", "addition", "breaking"];

/** Collects the changes in one place. A change found several times is reported once, with its worst impact. */
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

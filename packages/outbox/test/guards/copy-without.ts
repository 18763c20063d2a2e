import { mkdirSync, readdirSync, readFileSync, writeFileSync } from "node:fs";
import { dirname, join, posix, sep } from "node:path";
import { fileURLToPath, pathToFileURL } from "node:url";

/** An edit of a source file. */
export interface Edit {
  readonly file: string;
  readonly find: string;
  readonly put: string;
}

export const SOURCE = fileURLToPath(new URL("../../src", import.meta.url));

/** The entry files of the package. They are copied, so that the scenario uses the copy. */
const DOORS = ["index.ts", "store/sqlite/sqlite-store.ts"];

const IMPORT = / from "(\..+?)"/g;

const texts = new Map(
  readdirSync(SOURCE, { recursive: true, encoding: "utf8" })
    .filter((file) => file.endsWith(".ts"))
    .map((file) => [file.replaceAll(sep, "/"), readFileSync(join(SOURCE, file), "utf8")]),
);

/** Which files import a file. */
const importers = new Map<string, string[]>();
for (const [file, text] of texts) {
  for (const [, specifier = ""] of text.matchAll(IMPORT)) {
    const imported = importedFrom(file, specifier);
    importers.set(imported, [...(importers.get(imported) ?? []), file]);
  }
}

/**
 * Applies edits to the source, in memory.
 * @throws an error if the source no longer contains what an edit replaces
 */
export function withEdits(edits: readonly Edit[]): ReadonlyMap<string, string> {
  const edited = new Map<string, string>();
  for (const { file, find, put } of edits) {
    const text = edited.get(file) ?? texts.get(file) ?? "";
    if (!text.includes(find)) throw new Error(`${file} no longer contains: ${find}`);
    edited.set(file, text.replaceAll(find, put));
  }
  return edited;
}

/**
 * Copies the source with some edits: the edited files, and those that import them. Other imports refer to the
 * original, so that little has to be loaded again.
 * @returns the folder of the copy
 */
export function copyWithout(edits: readonly Edit[], folder: string): string {
  const edited = withEdits(edits);
  const copied = new Set<string>();
  for (const file of edited.keys()) addDependents(file, copied);
  for (const door of DOORS) copied.add(door);
  for (const file of copied) {
    const text = (edited.get(file) ?? texts.get(file) ?? "").replace(IMPORT, (_, specifier: string) => {
      const imported = importedFrom(file, specifier);
      return ` from "${copied.has(imported) ? specifier : pathToFileURL(join(SOURCE, imported)).href}"`;
    });
    mkdirSync(dirname(join(folder, file)), { recursive: true });
    writeFileSync(join(folder, file), text);
  }
  return folder;
}

/** Adds a file, and those that import it, directly or not. */
function addDependents(file: string, found: Set<string>): void {
  found.add(file);
  for (const importer of importers.get(file) ?? []) if (!found.has(importer)) addDependents(importer, found);
}

function importedFrom(file: string, specifier: string): string {
  return posix.join(posix.dirname(file), specifier);
}

import { mkdirSync, readdirSync, readFileSync, writeFileSync } from "node:fs";
import { dirname, join, posix, sep } from "node:path";
import { pathToFileURL } from "node:url";

/** An edit of a source file. */
export interface Edit {
  readonly file: string;
  readonly find: string;
  readonly put: string;
}

/** The entry files of the package. They are copied, so that the scenario uses the copy. */
const DOORS = ["index.ts", "store/sqlite/sqlite-store.ts"];

/**
 * Copies the source with some edits: the edited files, and those that import them. Other imports refer to the
 * original, so that little has to be loaded again.
 * @returns the folder of the copy
 */
export function copyWithout(edits: readonly Edit[], source: string, folder: string): string {
  const texts = new Map(
    readdirSync(source, { recursive: true, encoding: "utf8" })
      .filter((file) => file.endsWith(".ts"))
      .map((file) => [file.replaceAll(sep, "/"), readFileSync(join(source, file), "utf8")]),
  );
  const copied = dependentsOf(
    edits.map(({ file }) => file),
    texts,
  );
  for (const door of DOORS) copied.add(door);
  for (const { file, find, put } of edits) {
    const text = texts.get(file) ?? "";
    if (!text.includes(find)) throw new Error(`${file} no longer contains: ${find}`);
    texts.set(file, text.replaceAll(find, put));
  }
  for (const file of copied) {
    const text = (texts.get(file) ?? "").replace(/ from "(\..+?)"/g, (_, specifier: string) => {
      const imported = importedFrom(file, specifier);
      return ` from "${copied.has(imported) ? specifier : pathToFileURL(join(source, imported)).href}"`;
    });
    mkdirSync(dirname(join(folder, file)), { recursive: true });
    writeFileSync(join(folder, file), text);
  }
  return folder;
}

function dependentsOf(files: readonly string[], texts: ReadonlyMap<string, string>): Set<string> {
  const found = new Set(files);
  for (let before = -1; before !== found.size; ) {
    before = found.size;
    for (const [file, text] of texts) {
      const imports = [...text.matchAll(/ from "(\..+?)"/g)].map(([, to = ""]) => importedFrom(file, to));
      if (imports.some((imported) => found.has(imported))) found.add(file);
    }
  }
  return found;
}

function importedFrom(file: string, specifier: string): string {
  return posix.join(posix.dirname(file), specifier);
}

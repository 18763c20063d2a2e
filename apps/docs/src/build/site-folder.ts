import { existsSync, mkdirSync, mkdtempSync, readFileSync, renameSync, rmSync, writeFileSync } from "node:fs";
import { dirname, join } from "node:path";
import { listFiles } from "./list-files.ts";

/** The files of a site, by paths relative to its root. */
export type SiteFiles = ReadonlyMap<string, string | Buffer>;

/** The folder that a site is published in. */
export class SiteFolder {
  readonly #path: string;
  readonly #read = new Map<string, Buffer | undefined>();

  constructor(path: string) {
    this.#path = path;
  }

  /** A file from the last build; `undefined` if it does not exist. */
  read(file: string): Buffer | undefined {
    if (!this.#read.has(file)) {
      const path = join(this.#path, file);
      this.#read.set(file, existsSync(path) ? readFileSync(path) : undefined);
    }
    return this.#read.get(file);
  }

  /**
   * Replaces the previous site with a new one. Unchanged files are not touched. Others are replaced by renaming, so
   * that readers get either the old file or the new one, never a part and never a missing file. Assets are written
   * before pages, and the start page last, because the watcher of that page then reloads the browser. Files that the
   * new site does not have are removed at the end.
   */
  publish(files: SiteFiles): void {
    const changed = [...files].filter(([file, content]) => !this.#has(file, content));
    const start = files.get("index.html");
    if (start !== undefined && changed.length > 0) changed.push(["index.html", start]);
    const parent = dirname(this.#path);
    mkdirSync(parent, { recursive: true });
    // In the same place as the target, because renaming only works within one file system.
    const work = mkdtempSync(join(parent, ".building-"));
    try {
      for (const [file, content] of changed.sort(([a], [b]) => order(a) - order(b))) {
        const written = join(work, "file");
        writeFileSync(written, content);
        mkdirSync(dirname(join(this.#path, file)), { recursive: true });
        renameSync(written, join(this.#path, file));
      }
    } finally {
      rmSync(work, { recursive: true });
    }
    for (const file of listFiles(this.#path)) if (!files.has(file)) rmSync(join(this.#path, file));
  }

  #has(file: string, content: string | Buffer): boolean {
    const there = this.read(file);
    if (there === undefined || there === content) return there !== undefined;
    // To read a text is several times as fast as to write one.
    return typeof content === "string" ? there.toString() === content : there.equals(content);
  }
}

function order(file: string): number {
  if (file === "index.html") return 2;
  return file.endsWith(".html") ? 1 : 0;
}

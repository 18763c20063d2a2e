import { existsSync, mkdirSync, mkdtempSync, readFileSync, renameSync, rmSync, writeFileSync } from "node:fs";
import { dirname, join } from "node:path";
import { listFiles } from "./list-files.ts";

/** The files of a site by their paths from its root. */
export type SiteFiles = ReadonlyMap<string, string | Buffer>;

/** The folder that a site is published in. */
export class SiteFolder {
  readonly #path: string;
  readonly #read = new Map<string, Buffer | undefined>();

  constructor(path: string) {
    this.#path = path;
  }

  /** A file as the last build left it; `undefined` if there is none. */
  read(file: string): Buffer | undefined {
    if (!this.#read.has(file)) {
      const path = join(this.#path, file);
      this.#read.set(file, existsSync(path) ? readFileSync(path) : undefined);
    }
    return this.#read.get(file);
  }

  /**
   * Puts a finished site in place of the one before. A file that is as it was is left alone. Each other is replaced
   * by renaming, so that a reader meets the old file or the new one, never half of one and never none. What pages need
   * comes before the pages, and the start page comes last: what watches it learns that the site is new. What the new
   * site does not have goes when all else is there.
   */
  publish(files: SiteFiles): void {
    const changed = [...files].filter(([file, content]) => !this.#has(file, content));
    const start = files.get("index.html");
    if (start !== undefined && changed.length > 0) changed.push(["index.html", start]);
    const parent = dirname(this.#path);
    mkdirSync(parent, { recursive: true });
    // Beside its goal, so that the files can be renamed into place: that works on one file system only.
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

import { readFile, stat } from "node:fs/promises";
import { join } from "node:path";

/** The file that lists all files of a site, one per line, with paths relative to its root. */
export const MANIFEST = "files.txt";

/**
 * The files of a site. If turbo restores a build from its cache, it keeps pages of the previous build that no longer
 * exist. The list comes from the build.
 */
export class Manifest {
  readonly #file: string;
  #read = 0;
  #files: ReadonlySet<string> = new Set();

  /** @param root the site's folder */
  constructor(root: string) {
    this.#file = join(root, MANIFEST);
  }

  /**
   * Whether a file (a path relative to the site's root) belongs to the current site. Without a list, all files do.
   */
  async has(path: string): Promise<boolean> {
    const found = await stat(this.#file).catch(() => undefined);
    if (found === undefined) return true;
    // Not the modification time, because a cache may restore an old one.
    if (found.ctimeMs !== this.#read) {
      this.#files = new Set((await readFile(this.#file, "utf8")).split("\n"));
      this.#read = found.ctimeMs;
    }
    return this.#files.has(path);
  }
}

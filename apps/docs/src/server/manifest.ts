import { readFile, stat } from "node:fs/promises";
import { join } from "node:path";

/** The file of a site that lists all of its files, a line each, paths from the site's root. */
export const MANIFEST = "files.txt";

/**
 * What belongs to a site. A build that turbo takes from its cache is laid over the one before, so that pages which are
 * no more stay in the folder; the list is of the build.
 */
export class Manifest {
  readonly #file: string;
  #read = 0;
  #files: ReadonlySet<string> = new Set();

  /** @param root the site's folder */
  constructor(root: string) {
    this.#file = join(root, MANIFEST);
  }

  /** Whether a file, its path from the site's root, belongs to the site as it stands now. Without a list, all do. */
  async has(path: string): Promise<boolean> {
    const found = await stat(this.#file).catch(() => undefined);
    if (found === undefined) return true;
    // Not the time of the content: a cache may bring back an old one.
    if (found.ctimeMs !== this.#read) {
      this.#files = new Set((await readFile(this.#file, "utf8")).split("\n"));
      this.#read = found.ctimeMs;
    }
    return this.#files.has(path);
  }
}

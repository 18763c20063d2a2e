import { createHash } from "node:crypto";
import { mkdirSync, readFileSync, renameSync, writeFileSync } from "node:fs";
import { dirname } from "node:path";

/**
 * Remembers from one build to the next which page came of which parts, so that a page whose parts are as they were need
 * not be made again. Of each it keeps one hash, over parts and page: a file that is damaged, or of another site, vouches
 * for no page, and neither does a page that is not as the build left it.
 */
export class PageRecord {
  readonly #file: string;
  readonly #version: string;
  readonly #last: ReadonlySet<string>;
  readonly #now: string[] = [];
  #kept = 0;

  /** @param version changes when other pages come of the same parts */
  constructor(file: string, version: string) {
    this.#file = file;
    this.#version = version;
    this.#last = new Set(readLines(file));
  }

  /** How many pages stayed as they were. */
  get kept(): number {
    return this.#kept;
  }

  /**
   * A page: the one that stands, where it came of these parts, or what `make` gives.
   * @param parts all that the page depends on, as JSON
   */
  keepOrMake(parts: unknown, standing: Buffer | undefined, make: () => string): string | Buffer {
    const source = JSON.stringify([this.#version, parts]);
    if (standing !== undefined) {
      const kept = seal(source, standing);
      if (this.#last.has(kept)) {
        this.#now.push(kept);
        this.#kept += 1;
        return standing;
      }
    }
    const page = make();
    this.#now.push(seal(source, page));
    return page;
  }

  /** Makes the pages of this build, and no others, known to the next one. */
  save(): void {
    mkdirSync(dirname(this.#file), { recursive: true });
    const written = `${this.#file}.${process.pid}`;
    writeFileSync(written, this.#now.join("\n"));
    renameSync(written, this.#file);
  }
}

// JSON is one line, so that it is clear where it ends.
function seal(source: string, page: string | Buffer): string {
  return createHash("sha256").update(source).update("\n").update(page).digest("base64url");
}

function readLines(file: string): string[] {
  try {
    return readFileSync(file, "utf8").split("\n");
  } catch {
    return [];
  }
}

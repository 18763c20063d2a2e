import { createHash } from "node:crypto";
import { mkdirSync, readFileSync, renameSync, writeFileSync } from "node:fs";
import { dirname } from "node:path";

/**
 * Records which inputs each page was built from, so that the next build can skip pages whose inputs are the same. For
 * each page it keeps one hash over inputs and page. A damaged record, or that of another site, matches no page, and
 * neither does a page that was changed after the build.
 */
export class PageRecord {
  readonly #file: string;
  readonly #version: string;
  readonly #last: ReadonlySet<string>;
  readonly #now: string[] = [];
  #kept = 0;

  /** @param version changes when the same inputs result in different pages */
  constructor(file: string, version: string) {
    this.#file = file;
    this.#version = version;
    this.#last = new Set(readLines(file));
  }

  /** How many pages were up to date. */
  get kept(): number {
    return this.#kept;
  }

  /**
   * The existing page if it was built from these inputs, or the result of `make`.
   * @param parts all inputs of the page, as JSON
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

  /** Saves the record for the pages of this build only. */
  save(): void {
    mkdirSync(dirname(this.#file), { recursive: true });
    const written = `${this.#file}.${process.pid}`;
    writeFileSync(written, this.#now.join("\n"));
    renameSync(written, this.#file);
  }
}

// JSON has no line breaks here, so the line break shows where it ends.
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

import { hash } from "node:crypto";
import { mkdir, readFile, rename, rm, writeFile } from "node:fs/promises";
import { dirname } from "node:path";
import { isObject, type Json, type JsonObject } from "@dots-payouts/openapi";
import type { Cache } from "./target.ts";

/**
 * A cache in a file that persists between runs. Entries that a run does not use are dropped, so that it does not grow.
 */
export class FileCache implements Cache {
  readonly #file: string;
  readonly #before: ReadonlyMap<string, Json>;
  readonly #used = new Map<string, Json>();
  #isNew = false;

  private constructor(file: string, before: JsonObject) {
    this.#file = file;
    this.#before = new Map(Object.entries(before));
  }

  /** A file that is missing, damaged or something else counts as empty. */
  static async open(file: string): Promise<FileCache> {
    return new FileCache(file, parse(await readFile(file, "utf8").catch(() => "")));
  }

  get(key: string): Json | undefined {
    const value = this.#used.get(key) ?? this.#before.get(key);
    if (value !== undefined) this.#used.set(key, value);
    return value;
  }

  set(key: string, value: Json): void {
    this.#used.set(key, value);
    this.#isNew = true;
  }

  /** Other runs may read and write the file at the same time: they always see a complete version. */
  async save(): Promise<void> {
    if (!this.#isNew && this.#used.size === this.#before.size) return;
    const text = JSON.stringify(Object.fromEntries(this.#used));
    const written = `${this.#file}.${process.pid}`;
    try {
      await mkdir(dirname(this.#file), { recursive: true });
      await writeFile(written, `${hash("sha256", text)}\n${text}`);
      await rename(written, this.#file);
    } catch {
      // What can't be stored is made again.
      await rm(written, { force: true });
    }
  }
}

function parse(content: string): JsonObject {
  const end = content.indexOf("\n");
  const text = content.slice(end + 1);
  if (end < 0 || content.slice(0, end) !== hash("sha256", text)) return {};
  const entries: unknown = JSON.parse(text);
  return isObject(entries) ? entries : {};
}

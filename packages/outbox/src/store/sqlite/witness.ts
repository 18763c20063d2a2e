import { closeSync, constants, existsSync, fsyncSync, openSync, readFileSync, writeSync } from "node:fs";
import { dirname } from "node:path";
import { messageOf, OutboxError } from "../../outbox-error.ts";

/** How far a store is. */
export interface Mark {
  /** The name of the store. */
  readonly uuid: string;
  /** Grows with each claim, and with each `recover`. */
  readonly mark: number;
}

const DIGITS = 16;

/**
 * Lies beside a store, and knows how far it was. A backup that is copied over the store, in place, is behind it. It is
 * written after the store, so that it is never ahead by itself; being behind does no harm, so that nobody waits for its
 * disk.
 */
export class Witness {
  readonly path: string;
  #file: number | undefined;
  #problem: string | undefined;

  constructor(store: string) {
    this.path = `${store}-witness`;
  }

  /** What it knows; `undefined` if there is none. One that cannot be read belongs to no store. */
  read(): Mark | undefined {
    if (!existsSync(this.path)) return undefined;
    const [uuid = "", mark = ""] = readFileSync(this.path, "utf8").trim().split(" ");
    return /^\d+$/.test(mark) ? { uuid, mark: Number(mark) } : { uuid: "", mark: 0 };
  }

  /** @throws OutboxError if it could not be written: what is sent from now on would go unnoticed */
  requireKept(): void {
    if (this.#problem === undefined) return;
    throw new OutboxError(`${this.path} cannot be written: ${this.#problem}. Nothing more is sent.`);
  }

  /** Notes how far the store is. A failure is told before the next claim: this one is on the disk, and has to leave. */
  tell({ uuid, mark }: Mark): void {
    try {
      this.#file ??= openSync(this.path, constants.O_RDWR | constants.O_CREAT, 0o600);
      // Always as long, so that it is written over in place.
      writeSync(this.#file, `${uuid} ${String(mark).padStart(DIGITS, "0")}\n`, 0);
      this.#problem = undefined;
    } catch (error) {
      this.#problem = messageOf(error);
    }
  }

  /** Waits until what was told is on the disk, and the name of the file too: a store that has lost it sends nothing. */
  sync(): void {
    if (this.#file === undefined) return;
    fsyncSync(this.#file);
    // On Windows, a folder cannot be opened, and its names are kept without that.
    if (process.platform === "win32") return;
    const folder = openSync(dirname(this.path), constants.O_RDONLY);
    fsyncSync(folder);
    closeSync(folder);
  }

  close(): void {
    if (this.#file === undefined) return;
    closeSync(this.#file);
    this.#file = undefined;
  }
}

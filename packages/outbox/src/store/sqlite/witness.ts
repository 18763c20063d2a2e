import { closeSync, constants, existsSync, fsyncSync, openSync, readFileSync, writeSync } from "node:fs";
import { dirname } from "node:path";
import { messageOf, OutboxError } from "../../outbox-error.ts";

/** The progress of a store. */
export interface Mark {
  /** The name of the store. */
  readonly uuid: string;
  /** Grows with each claim, and with each `recover`. */
  readonly mark: number;
}

const DIGITS = 16;

/**
 * A file next to a store that records its progress. A backup copied over the store is behind it. It is written after
 * the store, so it is never ahead; being behind does no harm, so nobody waits for its disk.
 */
export class Witness {
  readonly path: string;
  #file: number | undefined;
  #problem: string | undefined;

  constructor(store: string) {
    this.path = `${store}-witness`;
  }

  /** Its content; `undefined` if there is none. One that cannot be read belongs to no store. */
  read(): Mark | undefined {
    if (!existsSync(this.path)) return undefined;
    const [uuid = "", mark = ""] = readFileSync(this.path, "utf8").trim().split(" ");
    return /^\d+$/.test(mark) ? { uuid, mark: Number(mark) } : { uuid: "", mark: 0 };
  }

  /** @throws OutboxError if it could not be written: later requests would go unrecorded */
  requireKept(): void {
    if (this.#problem === undefined) return;
    throw new OutboxError(`${this.path} cannot be written: ${this.#problem}. Nothing more is sent.`);
  }

  /**
   * Records the progress of the store. A failure is reported before the next claim: this one is on disk, and must be
   * sent.
   */
  tell({ uuid, mark }: Mark): void {
    try {
      this.#file ??= openSync(this.path, constants.O_RDWR | constants.O_CREAT, 0o600);
      // Always the same length, so that it is overwritten in place.
      writeSync(this.#file, `${uuid} ${String(mark).padStart(DIGITS, "0")}\n`, 0);
      this.#problem = undefined;
    } catch (error) {
      this.#problem = messageOf(error);
    }
  }

  /** Waits until the content and the file's name are on disk: a store that has lost its witness sends nothing. */
  sync(): void {
    if (this.#file === undefined) return;
    fsyncSync(this.#file);
    // On Windows, a folder cannot be opened, and names are durable without that.
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

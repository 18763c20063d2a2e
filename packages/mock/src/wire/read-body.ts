import type { IncomingMessage } from "node:http";
import { brokenOff, type Refusal, tooLarge } from "./refusal.ts";

/** Reads the body of a request, up to a number of bytes. */
export class BodyReader {
  readonly #message: IncomingMessage;
  readonly #limit: number;
  #refuse: ((refusal: Refusal) => void) | undefined;

  constructor(message: IncomingMessage, limit: number) {
    this.#message = message;
    this.#limit = limit;
  }

  /** @throws Refusal (413) as soon as the body is known to be too long, (400) if the sender disconnects. */
  read(): Promise<Uint8Array> {
    return new Promise((resolve, reject) => {
      const message = this.#message;
      this.#refuse = reject;
      message.on("error", () => this.giveUp(brokenOff()));
      if (Number(message.headers["content-length"] ?? 0) > this.#limit) {
        this.giveUp(tooLarge(this.#limit));
        return;
      }
      let first: Buffer | undefined;
      let chunks: Buffer[] | undefined;
      let length = 0;
      message.on("data", (chunk: Buffer) => {
        length += chunk.length;
        if (length > this.#limit) this.giveUp(tooLarge(this.#limit));
        else if (first === undefined) first = chunk;
        else {
          // Nearly all bodies arrive in one piece.
          chunks ??= [first];
          chunks.push(chunk);
        }
      });
      message.on("end", () => {
        if (this.#refuse === undefined) return;
        this.#refuse = undefined;
        resolve(chunks === undefined ? (first ?? EMPTY) : Buffer.concat(chunks));
      });
    });
  }

  /** Ends the reading with a refusal. Returns whether there was anything left to end. */
  giveUp(refusal: Refusal): boolean {
    const refuse = this.#refuse;
    if (refuse === undefined) return false;
    this.#refuse = undefined;
    this.#message.removeAllListeners("data");
    // The rest is read and discarded, so that the sender gets to read the answer.
    this.#message.resume();
    refuse(refusal);
    return true;
  }
}

const EMPTY = new Uint8Array();

import type { IncomingMessage } from "node:http";
import { type Refusal, refuse } from "./refusal.ts";

/** A body that is being read. */
export interface BodyReader {
  /** @throws Refusal (413) as soon as it is known to be too long; (400) when the sender breaks off. */
  read(): Promise<Uint8Array>;
  /** Ends the reading with a refusal. Returns whether there was anything left to end. */
  giveUp(refusal: Refusal): boolean;
}

/** Reads the body of a request, of `limit` bytes at most. */
export function bodyReader(message: IncomingMessage, limit: number): BodyReader {
  let end: ((refusal: Refusal) => void) | undefined;
  const read = (): Promise<Uint8Array> =>
    new Promise((resolve, reject) => {
      const chunks: Buffer[] = [];
      let length = 0;
      end = (refusal) => {
        end = undefined;
        message.removeAllListeners("data");
        // What is still under way is read and thrown away, so that the sender gets to read the answer.
        message.resume();
        reject(refusal);
      };
      message.on("error", () => end?.(refuse(400, "aborted", "The body broke off.")));
      if (Number(message.headers["content-length"] ?? 0) > limit) {
        end(tooLarge(limit));
        return;
      }
      message.on("data", (chunk: Buffer) => {
        length += chunk.length;
        if (length > limit) end?.(tooLarge(limit));
        else chunks.push(chunk);
      });
      message.on("end", () => {
        end = undefined;
        resolve(chunks.length === 1 && chunks[0] ? chunks[0] : Buffer.concat(chunks));
      });
    });
  return {
    read,
    giveUp(refusal) {
      const waiting = end !== undefined;
      end?.(refusal);
      return waiting;
    },
  };
}

/** The refusal (413) of a body that is longer than `limit` bytes. */
export function tooLarge(limit: number): Refusal {
  return refuse(413, "size", `The body is longer than ${limit} bytes.`);
}

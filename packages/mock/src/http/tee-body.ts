import type { IncomingMessage } from "node:http";
import { brotliDecompressSync, gunzipSync, inflateSync } from "node:zlib";

/** A copy of a body that is also read elsewhere. */
export interface BodyCopy {
  /** The decoded body; `undefined` if it was too long or has an unknown encoding. */
  read(): Uint8Array | undefined;
}

/** Copies the body of a message, up to `limit` bytes, while it is also read elsewhere. */
export function teeBody(message: IncomingMessage, limit: number): BodyCopy {
  let chunks: Buffer[] = [];
  let length = 0;
  message.on("data", (chunk: Buffer) => {
    length += chunk.length;
    if (length <= limit) chunks.push(chunk);
    else chunks = [];
  });
  return {
    read() {
      if (length > limit) return undefined;
      return decode(Buffer.concat(chunks), message.headers["content-encoding"], limit);
    },
  };
}

function decode(bytes: Buffer, encoding: string | undefined, limit: number): Uint8Array | undefined {
  if (bytes.length === 0) return bytes;
  const options = { maxOutputLength: limit };
  try {
    switch (encoding?.trim().toLowerCase() ?? "identity") {
      case "identity":
        return bytes;
      case "gzip":
      case "x-gzip":
        return gunzipSync(bytes, options);
      case "deflate":
        return inflateSync(bytes, options);
      case "br":
        return brotliDecompressSync(bytes, options);
      default:
        return undefined;
    }
  } catch {
    return undefined;
  }
}

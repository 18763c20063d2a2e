import type { IncomingMessage } from "node:http";
import { brotliDecompressSync, gunzipSync, inflateSync } from "node:zlib";
import type { Answer, NoAnswer } from "./request.ts";

/** The largest answer that is read, in bytes, because memory is limited. */
const LARGEST_ANSWER = 64_000_000;

type Decode = (bytes: Buffer) => Buffer;

/** Content codings. The suite does not request them, but they are allowed (RFC 9110 §12.5.3). */
const CODINGS: Readonly<Record<string, Decode | undefined>> = {
  gzip: (bytes) => gunzipSync(bytes),
  "x-gzip": (bytes) => gunzipSync(bytes),
  deflate: (bytes) => inflateSync(bytes),
  br: (bytes) => brotliDecompressSync(bytes),
  identity: (bytes) => bytes,
};

/** Reads an answer to its end. @param started when its request was sent, by `performance.now()` */
export function readAnswer(
  incoming: IncomingMessage,
  started: number,
  settle: (outcome: Answer | NoAnswer) => void,
  fail: (error: Error) => void,
): void {
  const chunks: Buffer[] = [];
  let size = 0;
  const finish = (whole: boolean): void => {
    const headers = Object.entries(incoming.headers).map(([name, value]) => [
      name,
      Array.isArray(value) ? value.join(", ") : (value ?? ""),
    ]);
    const bytes = Buffer.concat(chunks);
    const decoded = whole ? decode(bytes, incoming.headers["content-encoding"]) : bytes;
    if (!Buffer.isBuffer(decoded)) {
      settle({ reason: "cut", message: decoded });
      return;
    }
    settle({
      status: incoming.statusCode ?? 0,
      headers: Object.fromEntries(headers),
      body: decoded.toString("utf8"),
      whole,
      sent: started,
      milliseconds: performance.now() - started,
    });
  };
  incoming.on("data", (chunk: Buffer) => {
    chunks.push(chunk);
    size += chunk.length;
    if (size <= LARGEST_ANSWER) return;
    finish(false);
    incoming.destroy();
  });
  incoming.on("end", () => finish(true));
  incoming.on("error", fail);
}

/** The bytes of a body without its content codings, or what is wrong with them. */
function decode(bytes: Buffer, encoding: string | undefined): Buffer | string {
  if (encoding === undefined || bytes.length === 0) return bytes;
  const codings = encoding.toLowerCase().split(/\s*,\s*/);
  let decoded = bytes;
  for (const coding of codings.toReversed()) {
    const next = CODINGS[coding];
    if (next === undefined) return `the answer has the content coding ${coding}, which was not requested`;
    try {
      decoded = next(decoded);
    } catch {
      return `the answer claims to be ${coding}, but is not`;
    }
  }
  return decoded;
}

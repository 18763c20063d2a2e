import { promisify } from "node:util";
import * as zlib from "node:zlib";
import type { Dispatcher } from "undici";

type Controller = Dispatcher.DispatchController;
type Headers = Readonly<Record<string, string | string[] | undefined>>;

/** Handles one request: turns what undici reports into a `Response`. */
export class Exchange implements Dispatcher.DispatchHandler {
  readonly response: Promise<Response>;
  readonly #signal: AbortSignal | null | undefined;
  readonly #onStart: () => void;
  readonly #chunks: Buffer[] = [];
  #controller: Controller | undefined;
  #encodings: readonly string[] = [];
  #answer: (response: Response) => void = () => {};
  #fail: (error: Error) => void = () => {};
  #end: (body: Buffer) => void = () => {};

  /** @param onStart called before the first byte of the request is written */
  constructor(signal: AbortSignal | null | undefined, onStart: () => void) {
    this.#signal = signal;
    this.#onStart = onStart;
    this.response = new Promise((resolve, reject) => {
      this.#answer = resolve;
      this.#fail = reject;
    });
    signal?.addEventListener("abort", this.#abort);
  }

  onRequestStart(controller: Controller): void {
    if (this.#signal?.aborted) {
      controller.abort(reasonOf(this.#signal));
      return;
    }
    // Undici sends it again after a stream of HTTP/2 that was refused, or by an interceptor. What became of the first
    // request is then lost, so it is for the client to repeat it.
    if (this.#controller) {
      const error = new Error("undici would have sent it a second time");
      this.#fail(error);
      controller.abort(error);
      return;
    }
    this.#onStart();
    this.#controller = controller;
  }

  onResponseStart(controller: Controller, status: number, headers: Headers): void {
    // Informational answers may come first.
    if (status < 200) return;
    if (status > 599) {
      controller.abort(new Error(`the status ${status} is invalid`));
      return;
    }
    const body = new Promise<Buffer>((resolve, reject) => {
      this.#end = resolve;
      this.#fail = reject;
    });
    // Only a reader of the body needs to see this error.
    body.catch(() => {});
    const encoding = [headers["content-encoding"] ?? []].flat().join().toLowerCase();
    this.#encodings = encoding.split(",").flatMap((name) => name.trim() || []);
    this.#answer(new UndiciResponse(status, headers, () => body.then((bytes) => this.#decode(bytes))));
  }

  onResponseData(_: Controller, chunk: Buffer): void {
    this.#chunks.push(chunk);
  }

  onResponseEnd(): void {
    this.#release();
    this.#end(Buffer.concat(this.#chunks));
  }

  onResponseError(_: Controller, error: Error): void {
    this.#release();
    this.#fail(error);
  }

  async #decode(body: Buffer): Promise<string> {
    let bytes = body;
    for (const name of this.#encodings.toReversed()) bytes = await decompress(name, bytes);
    return new TextDecoder().decode(bytes);
  }

  readonly #abort = (): void => {
    const reason = reasonOf(this.#signal);
    this.#controller?.abort(reason);
    this.#fail(reason);
  };

  #release(): void {
    this.#signal?.removeEventListener("abort", this.#abort);
  }
}

/** A response whose text does not go through a web stream, which would be slower. */
class UndiciResponse extends Response {
  override readonly text: () => Promise<string>;

  constructor(status: number, headers: Headers, text: () => Promise<string>) {
    super(null, { status });
    for (const name in headers) {
      for (const value of [headers[name] ?? []].flat()) this.headers.append(name, value);
    }
    this.text = text;
  }

  override readonly json = async (): Promise<unknown> => JSON.parse(await this.text());
}

function reasonOf(signal: AbortSignal | null | undefined): Error {
  const reason: unknown = signal?.reason;
  return reason instanceof Error ? reason : new Error("the request was aborted");
}

type Decompress = (bytes: Buffer) => Promise<Buffer>;

const DECOMPRESS: Readonly<Record<string, Decompress | undefined>> = {
  identity: async (bytes) => bytes,
  gzip: promisify<Buffer, Buffer>(zlib.gunzip),
  "x-gzip": promisify<Buffer, Buffer>(zlib.gunzip),
  // Some servers omit the zlib header that "deflate" requires.
  deflate: (bytes) =>
    promisify<Buffer, Buffer>(((bytes[0] ?? 0) & 15) === 8 ? zlib.inflate : zlib.inflateRaw)(bytes),
  br: promisify<Buffer, Buffer>(zlib.brotliDecompress),
  // Node 22.15 and later.
  zstd: zlib.zstdDecompress && promisify<Buffer, Buffer>(zlib.zstdDecompress),
};

function decompress(encoding: string, bytes: Buffer): Promise<Buffer> {
  const work = Object.hasOwn(DECOMPRESS, encoding) ? DECOMPRESS[encoding] : undefined;
  if (work === undefined) throw new Error(`the content encoding ${encoding} is not known`);
  return work(bytes);
}

import { type ChildProcess, spawn } from "node:child_process";
import { fileURLToPath } from "node:url";

/** As a file: on Windows the command of this name is a script, which can't be started without a shell. */
const TSC = fileURLToPath(new URL("../../../node_modules/typescript/bin/tsc", import.meta.url));

interface Message {
  readonly id?: number | string;
  readonly method?: string;
  readonly result?: unknown;
  readonly error?: { readonly message: string };
}

/** The compiler as editors run it: a server for the Language Server Protocol. */
export class LanguageServer {
  readonly #process: ChildProcess;
  readonly #waiting = new Map<
    number | string,
    { resolve: (result: unknown) => void; reject: (error: Error) => void }
  >();
  #received = Buffer.alloc(0);
  #lastId = 0;

  constructor(folder: string, env: NodeJS.ProcessEnv) {
    this.#process = spawn(process.execPath, [TSC, "--lsp", "--stdio"], {
      cwd: folder,
      env,
      stdio: ["pipe", "pipe", "ignore"],
    });
    this.#process.stdout?.on("data", (chunk: Buffer) => this.#receive(chunk));
    this.#process.once("error", (error) => this.#fail(error));
    this.#process.once("close", (code) => this.#fail(new Error(`the language server ended with ${code}`)));
  }

  request(method: string, params: object): Promise<unknown> {
    this.#lastId += 1;
    const id = this.#lastId;
    return new Promise((resolve, reject) => {
      this.#waiting.set(id, { resolve, reject });
      this.#send({ id, method, params });
    });
  }

  notify(method: string, params: object): void {
    this.#send({ method, params });
  }

  close(): void {
    this.#process.kill();
  }

  #send(message: object): void {
    const body = Buffer.from(JSON.stringify({ jsonrpc: "2.0", ...message }));
    this.#process.stdin?.write(Buffer.concat([Buffer.from(`Content-Length: ${body.length}\r\n\r\n`), body]));
  }

  #receive(chunk: Buffer): void {
    this.#received = Buffer.concat([this.#received, chunk]);
    for (;;) {
      const start = this.#received.indexOf("\r\n\r\n") + 4;
      const length = Number(/Content-Length: (\d+)/i.exec(this.#received.toString("latin1", 0, start))?.[1]);
      if (start < 4 || !(this.#received.length >= start + length)) return;
      const message: Message = JSON.parse(this.#received.toString("utf8", start, start + length));
      this.#received = this.#received.subarray(start + length);
      this.#handle(message);
    }
  }

  #handle({ id, method, result, error }: Message): void {
    if (id === undefined) return;
    // Requests from the server to the editor are not needed here.
    if (method !== undefined) {
      this.#send({ id, result: null });
      return;
    }
    const waiting = this.#waiting.get(id);
    this.#waiting.delete(id);
    if (error === undefined) waiting?.resolve(result);
    else waiting?.reject(new Error(error.message));
  }

  #fail(error: Error): void {
    for (const { reject } of this.#waiting.values()) reject(error);
    this.#waiting.clear();
  }
}

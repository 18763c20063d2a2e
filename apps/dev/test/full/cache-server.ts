import { once } from "node:events";
import { createServer, type IncomingMessage } from "node:http";
import type { AddressInfo } from "node:net";

/** The parts of turbo's remote cache API for storing and fetching: https://turborepo.com/docs/openapi. */
export class CacheServer {
  readonly #artifacts = new Map<string, Buffer>();
  readonly #server = createServer(async (request, response) => {
    const path = new URL(request.url ?? "/", "http://localhost").pathname;
    if (request.headers.authorization !== `Bearer ${this.token}`) response.writeHead(401).end();
    else if (path.endsWith("/status")) response.end('{"status":"enabled"}');
    else if (request.method === "PUT") {
      this.#artifacts.set(path, await bodyOf(request));
      response.end('{"urls":[]}');
    } else if (request.method === "POST") response.end("{}");
    else response.writeHead(this.#artifacts.has(path) ? 200 : 404).end(this.#artifacts.get(path));
  });
  readonly token = "a-token";

  /** How many tasks' outputs are stored. */
  get size(): number {
    return this.#artifacts.size;
  }

  async listen(): Promise<string> {
    this.#server.listen(0, "127.0.0.1");
    await once(this.#server, "listening");
    // A server that listens on a port has an address object.
    const { port }: Partial<AddressInfo> = Object(this.#server.address());
    return `http://127.0.0.1:${port}`;
  }

  async close(): Promise<void> {
    this.#server.closeAllConnections();
    this.#server.close();
    await once(this.#server, "close");
  }
}

async function bodyOf(request: IncomingMessage): Promise<Buffer> {
  const chunks: Buffer[] = [];
  for await (const chunk of request) chunks.push(chunk);
  return Buffer.concat(chunks);
}

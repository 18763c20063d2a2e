import { once } from "node:events";
import { createServer, connect as open, type Server, type Socket } from "node:net";

/** A connection to a server that a test can cut and restore. */
export class Wire {
  readonly #server: Server;
  readonly #sockets = new Set<Socket>();
  #isCut = false;
  /** Called with what a client sends. `false` forwards it, and cuts the connection before the answer returns. */
  onRequest: ((bytes: Buffer) => boolean) | undefined;

  private constructor(server: Server) {
    this.#server = server;
  }

  /** @param port of the server on this machine */
  static async to(port: number): Promise<Wire> {
    const server = createServer();
    const wire = new Wire(server);
    server.on("connection", (client) => wire.#join(client, port));
    server.listen(0, "127.0.0.1");
    await once(server, "listening");
    return wire;
  }

  get port(): number {
    const address = this.#server.address();
    if (address === null || typeof address === "string") throw new Error("it does not listen");
    return address.port;
  }

  /** Silently stops forwarding in both directions. */
  stall(): void {
    this.#isCut = true;
  }

  /** Breaks all connections, including new ones. */
  cut(): void {
    this.#isCut = true;
    this.#reset();
  }

  /** Accepts new connections again. The old ones are gone. */
  restore(): void {
    this.#reset();
    this.#isCut = false;
  }

  async close(): Promise<void> {
    this.#reset();
    this.#server.close();
    await once(this.#server, "close");
  }

  #reset(): void {
    for (const socket of this.#sockets) socket.destroy();
  }

  #join(client: Socket, port: number): void {
    this.#keep(client);
    if (this.#isCut) return void client.destroy();
    const server = open(port, "127.0.0.1");
    this.#keep(server);
    let isDeaf = false;
    client.on("data", (bytes) => {
      if (this.onRequest?.(bytes) === false) isDeaf = true;
      if (!this.#isCut) server.write(bytes);
    });
    server.on("data", (bytes) => {
      if (isDeaf) client.destroy();
      else if (!this.#isCut) client.write(bytes);
    });
    client.once("close", () => server.destroy());
    server.once("close", () => client.destroy());
  }

  #keep(socket: Socket): void {
    this.#sockets.add(socket);
    socket.on("error", () => undefined);
    socket.once("close", () => this.#sockets.delete(socket));
  }
}

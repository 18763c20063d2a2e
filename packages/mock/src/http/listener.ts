import { createServer, type IncomingMessage, type Server } from "node:http";
import type { AddressInfo } from "node:net";
import type { Duplex } from "node:stream";
import type { Core } from "../core.ts";
import { MockError } from "../mock-error.ts";
import { type Refusal, refuse } from "../wire/refusal.ts";
import type { MockRequest } from "../wire/request.ts";
import { outbox } from "./outbox.ts";
import { createControl } from "./own-pages.ts";
import type { Forward } from "./proxy.ts";
import { BodyReader } from "./read-body.ts";

export interface ListenOptions {
  readonly port: number;
  readonly host: string;
  /** Milliseconds within which a request's headers and body have to arrive. */
  readonly requestTimeout: number;
  /** Bytes of the longest body that is taken. */
  readonly bodyLimit: number;
  /** Takes the requests in place of the core. */
  readonly forward: Forward | undefined;
}

export interface Listener {
  readonly url: string;
  /** Takes no new requests, lets the open ones finish, and frees the port. */
  close(): Promise<void>;
}

/**
 * Serves a mock over HTTP/1.1.
 * @throws MockError when the address cannot be had.
 */
export async function listen(core: Core, options: ListenOptions): Promise<Listener> {
  const server = createServer({
    requestTimeout: options.requestTimeout,
    headersTimeout: options.requestTimeout,
    connectionsCheckingInterval: Math.max(20, Math.min(1_000, options.requestTimeout / 5)),
  });
  const control = createControl(core);
  const send = outbox();
  const reading = new Map<Duplex, BodyReader>();
  const abandoned = new Set<Duplex>();
  server.on("request", (message, response) => {
    if (control.handle(message, response)) return;
    if (options.forward !== undefined) return options.forward(message, response);
    const { socket } = message;
    const reader = new BodyReader(message, options.bodyLimit);
    reading.set(socket, reader);
    core.respond(toRequest(message, reader), (answer) => {
      if (reading.get(socket) === reader) reading.delete(socket);
      if (answer.fault === "timeout") keepWhileOpen(abandoned, socket);
      send(message, response, answer);
    });
  });
  server.on("clientError", (error: NodeJS.ErrnoException, socket) => {
    const stalled = error.code === "ERR_HTTP_REQUEST_TIMEOUT";
    if (stalled && reading.get(socket)?.giveUp(refusalFor(error.code))) return;
    refuseConnection(core, error, socket);
  });
  await bind(server, options);
  return {
    url: urlOf(server, options.host),
    close: () => {
      control.close();
      for (const socket of abandoned) socket.destroy();
      return close(server);
    },
  };
}

/** Connections that are left without an answer on purpose must not keep the server from closing. */
function keepWhileOpen(sockets: Set<Duplex>, socket: Duplex): void {
  sockets.add(socket);
  socket.once("close", () => sockets.delete(socket));
}

function toRequest(message: IncomingMessage, reader: BodyReader): MockRequest {
  return {
    method: message.method ?? "",
    target: message.url ?? "",
    headers: message.headers,
    readBody: (taken, refused) => reader.read(taken, refused),
  };
}

/** Answers what never became a request: it stalled, was no HTTP, or was too long. */
function refuseConnection(core: Core, error: NodeJS.ErrnoException, socket: Duplex): void {
  const brokenOff = error.code === "ECONNRESET" || error.code === "HPE_INVALID_EOF_STATE";
  if (brokenOff || !socket.writable) {
    socket.destroy();
    return;
  }
  const refusal = refusalFor(error.code);
  core.note({ method: "-", target: "-", headers: {}, readBody: (taken) => taken(new Uint8Array()) }, refusal);
  const { status, body, headers } = refusal.toAnswer();
  const lines = Object.entries({
    ...headers,
    "content-length": Buffer.byteLength(body),
    connection: "close",
  });
  socket.end(
    `HTTP/1.1 ${status} ${refusal.reasons[0]?.code ?? ""}\r\n${lines.map(([name, value]) => `${name}: ${value}\r\n`).join("")}\r\n${body}`,
  );
}

function refusalFor(code: string | undefined): Refusal {
  if (code === "ERR_HTTP_REQUEST_TIMEOUT")
    return refuse(408, "timeout", "The request did not arrive in time.");
  if (code === "HPE_HEADER_OVERFLOW") return refuse(431, "headers", "The headers are too long.");
  return refuse(400, "http", "This is not HTTP/1.1.");
}

function bind(server: Server, { port, host }: ListenOptions): Promise<void> {
  return new Promise((resolve, reject) => {
    server.once("error", (error: NodeJS.ErrnoException) =>
      reject(new MockError(cannotListen(error, port, host))),
    );
    server.listen(port, host, resolve);
  });
}

function cannotListen(error: NodeJS.ErrnoException, port: number, host: string): string {
  if (error.code === "EADDRINUSE") {
    return `Port ${port} is in use. Stop what listens there, or choose another port.`;
  }
  if (error.code === "EACCES") return `Port ${port} may not be used by this user. Choose one above 1023.`;
  return `The mock cannot listen on ${host}:${port} (${error.code ?? error.message}).`;
}

function urlOf(server: Server, host: string): string {
  const { port } = addressOf(server);
  const name = host === "0.0.0.0" || host === "::" ? "localhost" : host;
  return `http://${name.includes(":") ? `[${name}]` : name}:${port}`;
}

function addressOf(server: Server): AddressInfo {
  const address = server.address();
  if (address === null || typeof address === "string") throw new MockError("The mock has no port.");
  return address;
}

/** Connections that go on sending are cut after this many milliseconds. */
const GRACE = 10_000;

function close(server: Server): Promise<void> {
  return new Promise((resolve) => {
    const cut = setTimeout(() => server.closeAllConnections(), GRACE);
    server.close(() => {
      clearTimeout(cut);
      resolve();
    });
    server.closeIdleConnections();
  });
}

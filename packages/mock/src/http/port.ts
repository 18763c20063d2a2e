import type * as http from "node:http";
import type * as https from "node:https";
import type { AddressInfo } from "node:net";
import { MockError } from "../mock-error.ts";

export type Server = http.Server | https.Server;

/** Listens on a port. @throws MockError if the address is not available. */
export function bind(server: Server, port: number, host: string): Promise<void> {
  return new Promise((resolve, reject) => {
    server.once("error", (error: NodeJS.ErrnoException) =>
      reject(new MockError(cannotListen(error, port, host))),
    );
    server.listen(port, host, resolve);
  });
}

function cannotListen(error: NodeJS.ErrnoException, port: number, host: string): string {
  if (error.code === "EADDRINUSE") {
    return `Port ${port} is in use. Stop the process that uses it, or choose another port.`;
  }
  if (error.code === "EACCES") return `This user may not use port ${port}. Choose one above 1023.`;
  return `The mock cannot listen on ${host}:${port} (${error.code ?? error.message}).`;
}

/** The URL that a server listens at. */
export function urlOf(server: Server, host: string, scheme: "http" | "https"): string {
  const { port } = addressOf(server);
  const name = host === "0.0.0.0" || host === "::" ? "localhost" : host;
  return `${scheme}://${name.includes(":") ? `[${name}]` : name}:${port}`;
}

function addressOf(server: Server): AddressInfo {
  const address = server.address();
  if (address === null || typeof address === "string") throw new MockError("The mock has no port.");
  return address;
}

/** Connections that keep sending are cut after this many milliseconds. */
const GRACE = 10_000;

/** Accepts no new requests, lets open ones finish, and frees the port. */
export function close(server: Server): Promise<void> {
  return new Promise((resolve) => {
    const cut = setTimeout(() => server.closeAllConnections(), GRACE);
    server.close(() => {
      clearTimeout(cut);
      resolve();
    });
    server.closeIdleConnections();
  });
}

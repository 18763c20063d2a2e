import { once } from "node:events";
import { createServer, type IncomingMessage, type Server } from "node:http";
import { CannotRun } from "../errors/cannot-run.ts";
import type { Delivery, Receiver } from "../suite/receiver.ts";
import type { Suite } from "../suite/suite.ts";
import { deliveryReader } from "./delivery.ts";

/** Where the server's deliveries are received, and the secret they are signed with. */
export interface ReceiverOptions {
  /** A port of this machine, or `host:port`. Port 0 is any free one. */
  readonly listen: string;
  readonly secret: string;
  /** How long to wait for a delivery, in milliseconds. */
  readonly wait: number;
}

/** The longest body that is read, in bytes. */
const LONGEST = 1_000_000;

/** @throws CannotRun if nothing can be received there, or the secret is invalid */
export async function openReceiver(
  suite: Suite,
  { listen, secret, wait }: ReceiverOptions,
): Promise<Receiver> {
  const readDelivery = await deliveryReader(suite, secret);
  const { host, port } = parseListen(listen);
  const deliveries: Delivery[] = [];
  const watchers = new Set<() => void>();
  let refused: string | undefined;
  const server = createServer(async (request, response) => {
    // Only a POST is a delivery: an open port gets other requests too.
    if (request.method !== "POST") {
      response.writeHead(405, { allow: "POST" }).end();
      return;
    }
    const body = await readBody(request);
    if (body === undefined) return;
    const delivery = readDelivery(request.headers, body);
    deliveries.push(delivery);
    const refuses = !suite.quick && refused === undefined && delivery.id !== undefined;
    if (refuses) refused = delivery.id;
    response.writeHead(refuses ? 500 : 204).end();
    for (const look of watchers) look();
  });
  await listenOn(server, host, port, listen);
  const address = server.address();
  const bound = typeof address === "object" && address !== null ? address.port : port;
  const waitFor = (isThere: () => boolean): Promise<boolean> =>
    new Promise((resolve) => {
      const end = (found: boolean): void => {
        clearTimeout(timer);
        watchers.delete(look);
        resolve(found);
      };
      const look = (): void => {
        if (isThere()) end(true);
      };
      const timer = setTimeout(() => end(false), wait);
      watchers.add(look);
      look();
    });
  const settle = async (): Promise<void> => {
    const hasCome = await waitFor(() => deliveries.length > 0);
    if (hasCome && refused !== undefined)
      await waitFor(() => deliveries.filter(({ id }) => id === refused).length > 1);
  };
  let settled: Promise<void> | undefined;
  return {
    url: `http://${host.includes(":") ? `[${host}]` : host}:${bound}`,
    deliveries,
    refused: () => refused,
    waitFor,
    settled: () => {
      settled ??= settle();
      return settled;
    },
    close() {
      server.closeAllConnections();
      server.close();
    },
  };
}

async function listenOn(server: Server, host: string, port: number, text: string): Promise<void> {
  server.listen(port, host);
  try {
    await once(server, "listening");
  } catch (error) {
    const reason = error instanceof Error ? error.message : String(error);
    throw new CannotRun(`nothing can be received at ${text}: ${reason}`);
  }
}

function parseListen(text: string): { host: string; port: number } {
  const [, host = "127.0.0.1", digits = ""] = /^(?:(.+):)?(\d{1,5})$/.exec(text) ?? [];
  const port = Number(digits);
  if (digits === "" || port > 65_535) {
    throw new CannotRun(
      `deliveries need a port or host:port, as in 0.0.0.0:4020, not ${JSON.stringify(text)}`,
    );
  }
  return { host: host.replace(/^\[(.*)\]$/, "$1"), port };
}

/** The body of a delivery; `undefined` if it was cut off. */
async function readBody(request: IncomingMessage): Promise<Buffer | undefined> {
  const chunks: Buffer[] = [];
  let size = 0;
  try {
    for await (const chunk of request) {
      size += chunk.length;
      if (size <= LONGEST) chunks.push(chunk);
    }
  } catch {
    return undefined;
  }
  return Buffer.concat(chunks);
}

import { randomUUID } from "node:crypto";
import { createServer, type IncomingMessage, type ServerResponse } from "node:http";
import type { AddressInfo } from "node:net";
import type { Fault } from "./faults.ts";

/** What happened to the requests of one call. */
export interface Call {
  /** What is done to the first request, the second and so on; further ones succeed. */
  readonly script: readonly Fault[];
  readonly bodies: string[];
  /** The IDs of the payouts that were made. More than one is a double payment. */
  readonly payouts: Set<string>;
}

export interface FaultServer {
  readonly url: string;
  /** Announces a call. Its requests carry the ID in the header `x-call`. */
  expect(script: readonly Fault[]): { id: string; call: Call };
  close(): Promise<void>;
}

/**
 * An API that takes payments and counts them, and that fails as the script of a call says. A key that has made a
 * payout brings it back; a request without a key makes one each time.
 */
export async function startFaultServer(): Promise<FaultServer> {
  const calls = new Map<string, Call>();
  const byKey = new Map<string, string>();

  const server = createServer(async (request, response) => {
    const call = calls.get(String(request.headers["x-call"]));
    if (call === undefined) return void response.writeHead(418).end();
    const body = await read(request);
    const fault = call.script[call.bodies.length];
    call.bodies.push(body);
    const id = fault?.carriesOut === false ? randomUUID() : carryOut(call, body);
    const answer = JSON.stringify({
      id,
      created: "2026-10-31T17:04:12Z",
      link: "https://l.example.com",
      amount: 1,
      status: "sent",
    });
    if (fault === undefined) succeed(response, answer);
    else fault.strike(response, answer);
  });

  const carryOut = (call: Call, body: string): string => {
    const { idempotency_key: key } = JSON.parse(body);
    const id = byKey.get(key) ?? randomUUID();
    if (key !== undefined) byKey.set(key, id);
    call.payouts.add(id);
    return id;
  };

  await new Promise<void>((resolve) => server.listen(0, "127.0.0.1", resolve));
  const { port } = server.address() as AddressInfo;
  return {
    url: `http://127.0.0.1:${port}`,
    expect(script) {
      const id = randomUUID();
      const call = { script, bodies: [], payouts: new Set<string>() };
      calls.set(id, call);
      return { id, call };
    },
    async close() {
      server.closeAllConnections();
      await new Promise((resolve) => server.close(resolve));
    },
  };
}

function succeed(response: ServerResponse, answer: string): void {
  response.writeHead(201, { "content-type": "application/json" }).end(answer);
}

async function read(request: IncomingMessage): Promise<string> {
  const chunks: Buffer[] = [];
  for await (const chunk of request) chunks.push(chunk);
  return Buffer.concat(chunks).toString();
}

import { createServer, type Server } from "node:http";
import type { AddressInfo } from "node:net";

/** A server that makes a payout link of each request, of the amount that it asks for. */
export interface Ledger {
  readonly url: string;
  /** The amounts of the links that were made. */
  readonly amounts: number[];
  readonly server: Server;
}

export async function openLedger(): Promise<Ledger> {
  const amounts: number[] = [];
  const server = createServer(async (request, response) => {
    const chunks: Buffer[] = [];
    for await (const chunk of request) chunks.push(chunk);
    const { amount } = JSON.parse(Buffer.concat(chunks).toString());
    amounts.push(amount);
    const link = { id: crypto.randomUUID(), created: "2026-10-31T17:04:12Z", amount, status: "created" };
    // What may be kept by a cache, if anything may.
    response.writeHead(200, { "content-type": "application/json", "cache-control": "public, max-age=600" });
    response.end(JSON.stringify(link));
  });
  await new Promise<void>((resolve) => server.listen(0, "127.0.0.1", resolve));
  return { url: `http://127.0.0.1:${(server.address() as AddressInfo).port}`, amounts, server };
}

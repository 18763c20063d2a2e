import { randomUUID } from "node:crypto";
import { createServer, type ServerResponse } from "node:http";
import type { AddressInfo } from "node:net";
import { onTestFinished } from "vitest";

const LIFETIME = 24 * 3_600_000;

/** What happens to a request: it is carried out or not, and then answered in some way. */
export interface Fate {
  readonly paid: boolean;
  /** Absent: the answer that is due. */
  readonly strike?: ((response: ServerResponse) => void) | undefined;
}

export const lost: Fate = { paid: true, strike: ({ socket }) => socket?.resetAndDestroy() };
export const dropped: Fate = { paid: false, strike: ({ socket }) => socket?.resetAndDestroy() };

export function status(code: number, paid = false, headers: Record<string, string> = {}): Fate {
  return {
    paid,
    strike: (response) =>
      response.writeHead(code, { "content-type": "application/json", ...headers }).end('{"message":"No."}'),
  };
}

/** A server that pays once for each idempotency key, as long as a key lives by its clock, and each time without one. */
export interface Ledger {
  readonly url: string;
  /** What is done to the next requests; further ones are paid and answered. */
  readonly fates: Fate[];
  /** The payouts that were made, by the key of their requests. */
  readonly payouts: { readonly id: string; readonly key: string | undefined }[];
  readonly bodies: string[];
}

export async function openLedger({ now = Date.now }: { now?: () => number } = {}): Promise<Ledger> {
  const payouts: { id: string; key: string | undefined }[] = [];
  const known = new Map<string, { id: string; at: number }>();
  const bodies: string[] = [];
  const fates: Fate[] = [];

  const pay = (key: string | undefined): string => {
    const before = key === undefined ? undefined : known.get(key);
    if (before !== undefined && now() - before.at < LIFETIME) return before.id;
    const id = randomUUID();
    payouts.push({ id, key });
    if (key !== undefined) known.set(key, { id, at: now() });
    return id;
  };

  const server = createServer(async (request, response) => {
    const chunks: Buffer[] = [];
    for await (const chunk of request) chunks.push(chunk);
    const body = Buffer.concat(chunks).toString();
    bodies.push(body);
    const { paid, strike } = fates.shift() ?? { paid: true };
    const { idempotency_key: key, amount } = JSON.parse(body);
    const id = paid ? pay(key) : randomUUID();
    if (strike) return void strike(response);
    const answer = {
      id,
      created: "2026-10-31T17:04:12Z",
      link: "https://l.example.com",
      amount,
      status: "created",
    };
    response.writeHead(201, { "content-type": "application/json" }).end(JSON.stringify(answer));
  });
  await new Promise<void>((resolve) => server.listen(0, "127.0.0.1", resolve));
  onTestFinished(async () => {
    server.closeAllConnections();
    await new Promise((resolve) => server.close(resolve));
  });
  return { url: `http://127.0.0.1:${(server.address() as AddressInfo).port}`, fates, payouts, bodies };
}

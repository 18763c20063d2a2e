import { createServer } from "node:http";
import type { AddressInfo } from "node:net";
import { Webhook } from "standardwebhooks";

export const SECRET = "whsec_MfKQ9r8GKYqrTwjUPD8ILPZIo2LaLaSw";

/** A received event with a valid signature. */
interface Received {
  readonly id: string;
  readonly body: Readonly<Record<string, unknown>>;
}

export interface EventReceiver extends AsyncDisposable {
  readonly url: string;
  readonly received: Received[];
  /**
   * Waits for so many different events.
   * @throws Error if they don't arrive
   */
  holds(count: number): Promise<void>;
  /** The statuses of the next answers; 204 after them. */
  readonly answers: number[];
}

/** A user's server that receives events. */
export async function eventReceiver(): Promise<EventReceiver> {
  const received: Received[] = [];
  const answers: number[] = [];
  const server = createServer(async (request, response) => {
    const chunks: Buffer[] = [];
    for await (const chunk of request) chunks.push(chunk);
    const headers = Object.fromEntries(
      ["id", "timestamp", "signature"].map((name) => [
        `webhook-${name}`,
        String(request.headers[`svix-${name}`]),
      ]),
    );
    const body = new Webhook(SECRET).verify(Buffer.concat(chunks).toString(), headers);
    const value: Record<string, unknown> = typeof body === "object" && body !== null ? { ...body } : {};
    received.push({ id: String(headers["webhook-id"]), body: value });
    const status = answers.shift() ?? 204;
    response.writeHead(status, status === 302 ? { location: "/" } : {}).end();
  });
  await new Promise<void>((resolve) => server.listen(0, "127.0.0.1", resolve));
  const address: AddressInfo | string | null = server.address();
  const port = typeof address === "object" && address !== null ? address.port : 0;
  return {
    url: `http://127.0.0.1:${port}/events`,
    received,
    answers,
    async holds(count) {
      const end = Date.now() + 10_000;
      const seen = () => new Set(received.map(({ id }) => id)).size;
      while (seen() < count) {
        if (Date.now() > end) throw new Error(`${count} events have to come at least; ${seen()} came.`);
        await new Promise(setImmediate);
      }
    },
    async [Symbol.asyncDispose]() {
      server.closeAllConnections();
      await new Promise((resolve) => server.close(resolve));
    },
  };
}

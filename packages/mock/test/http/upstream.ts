import { createServer, type IncomingMessage, type ServerResponse } from "node:http";

/** A request as the real server received it. */
interface Received {
  readonly method: string;
  readonly url: string;
  readonly rawHeaders: readonly string[];
  readonly body: Buffer;
}

/** A server with the test's answers that records what it receives. */
export interface Upstream {
  readonly url: string;
  readonly received: readonly Received[];
  close(): Promise<void>;
  [Symbol.asyncDispose](): Promise<void>;
}

export async function startUpstream(
  answer: (response: ServerResponse, message: IncomingMessage) => void,
): Promise<Upstream> {
  const received: Received[] = [];
  const server = createServer((message, response) => {
    const chunks: Buffer[] = [];
    message.on("data", (chunk: Buffer) => chunks.push(chunk));
    message.on("error", () => {});
    message.on("end", () => {
      const { method = "", url = "", rawHeaders } = message;
      received.push({ method, url, rawHeaders, body: Buffer.concat(chunks) });
      answer(response, message);
    });
  });
  await new Promise<void>((resolve) => server.listen(0, "127.0.0.1", resolve));
  const address = server.address();
  if (address === null || typeof address === "string") throw new Error("the upstream has no port");
  const close = async () => {
    server.closeAllConnections();
    await new Promise((resolve) => server.close(resolve));
  };
  return { url: `http://127.0.0.1:${address.port}`, received, close, [Symbol.asyncDispose]: close };
}

/** Answers with JSON. */
export function json(status: number, value: unknown) {
  return (response: ServerResponse) => {
    response.writeHead(status, { "content-type": "application/json" }).end(JSON.stringify(value));
  };
}

import { createServer } from "node:https";
import type { AddressInfo } from "node:net";
import { generate } from "selfsigned";

const HOUR = 3_600_000;

/** A server whose certificate nobody has signed but itself. It counts who comes, and the requests that come all the same. */
export interface UntrustedServer {
  readonly url: string;
  readonly connections: () => number;
  readonly requests: () => number;
  close(): Promise<void>;
}

export async function startUntrustedServer(): Promise<UntrustedServer> {
  const { private: key, cert } = await generate([{ name: "commonName", value: "localhost" }], {
    keyType: "ec",
    notAfterDate: new Date(Date.now() + HOUR),
  });
  let connections = 0;
  let requests = 0;
  const server = createServer({ key, cert }, (_, response) => {
    requests += 1;
    response.end("{}");
  });
  server.on("connection", () => {
    connections += 1;
  });
  await new Promise<void>((resolve) => server.listen(0, "127.0.0.1", resolve));
  const { port } = server.address() as AddressInfo;
  return {
    url: `https://127.0.0.1:${port}`,
    connections: () => connections,
    requests: () => requests,
    async close() {
      server.closeAllConnections();
      await new Promise((resolve) => server.close(resolve));
    },
  };
}

import { once } from "node:events";
import { createServer, type RequestListener, type Server } from "node:http";

/** A server on this machine that is closed at the end of its scope. */
export interface Listening extends AsyncDisposable {
  readonly url: string;
}

export async function listen(listener: RequestListener | Server): Promise<Listening> {
  const server = typeof listener === "function" ? createServer(listener) : listener;
  server.listen(0, "127.0.0.1");
  await once(server, "listening");
  const address = server.address();
  if (typeof address !== "object" || address === null) throw new Error("the server has no port");
  return {
    url: `http://127.0.0.1:${address.port}`,
    async [Symbol.asyncDispose]() {
      server.closeAllConnections();
      await new Promise((resolve) => server.close(resolve));
    },
  };
}

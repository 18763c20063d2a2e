import { createServer, type RequestListener } from "node:http";
import type { AddressInfo } from "node:net";
import { runContract } from "../src/index.ts";
import { type Behaviour, PASSWORD, startReference, USERNAME } from "./reference/server.ts";

type Options = Omit<Parameters<typeof runContract>[0], "url">;

/** Runs the suite against the reference server. */
export async function checkReference(behaviour: Behaviour = {}, options: Options = {}) {
  await using server = await startReference(behaviour);
  return await runContract({
    url: server.url,
    username: USERNAME,
    password: PASSWORD,
    seed: 1,
    ...options,
  });
}

/** A bare server on this machine. */
export async function listen(listener: RequestListener): Promise<AsyncDisposable & { readonly url: string }> {
  const server = createServer(listener);
  await new Promise<void>((resolve) => server.listen(0, "127.0.0.1", resolve));
  const { port } = server.address() as AddressInfo;
  return {
    url: `http://127.0.0.1:${port}`,
    async [Symbol.asyncDispose]() {
      server.closeAllConnections();
      await new Promise((resolve) => server.close(resolve));
    },
  };
}

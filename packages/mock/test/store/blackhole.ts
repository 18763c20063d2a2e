import { connect, createServer, type Socket } from "node:net";

/** A proxy that can go silent: connections stay open, but nothing is forwarded. */
export interface Blackhole {
  readonly port: number;
  swallow(on: boolean): void;
  [Symbol.asyncDispose](): Promise<void>;
}

export async function startBlackhole(target: number): Promise<Blackhole> {
  const sockets = new Set<Socket>();
  let swallowing = false;
  const server = createServer({ allowHalfOpen: true }, (caller) => {
    const onward = connect({ port: target, host: "127.0.0.1", allowHalfOpen: true });
    for (const [from, to] of [
      [caller, onward],
      [onward, caller],
    ] as const) {
      sockets.add(from);
      from.on("data", (chunk) => (swallowing ? undefined : to.write(chunk)));
      from.on("end", () => (swallowing ? undefined : to.end()));
      from.on("error", () => {});
      from.on("close", () => {
        sockets.delete(from);
        to.destroy();
      });
    }
  });
  await new Promise<void>((resolve) => server.listen(0, "127.0.0.1", resolve));
  const address = server.address();
  if (address === null || typeof address === "string") throw new Error("there is no free port");
  return {
    port: address.port,
    swallow(on) {
      swallowing = on;
    },
    async [Symbol.asyncDispose]() {
      for (const socket of sockets) socket.destroy();
      await new Promise((resolve) => server.close(resolve));
    },
  };
}

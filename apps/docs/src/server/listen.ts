import type { Server } from "node:http";

/**
 * Starts a server and returns its port.
 * @throws Error with the port if it is taken or not allowed.
 */
export async function listen(server: Server, port: number, host: string): Promise<number> {
  await new Promise<void>((resolve, reject) => {
    server.once("error", (error: NodeJS.ErrnoException) => reject(explain(error, port, host)));
    server.listen(port, host, resolve);
  });
  const address = server.address();
  if (typeof address !== "object" || address === null) throw new Error(`The docs have no port at ${host}.`);
  return address.port;
}

function explain(error: NodeJS.ErrnoException, port: number, host: string): Error {
  if (error.code === "EADDRINUSE") {
    return new Error(
      `Port ${port} is taken, so the docs can't start there. Stop what uses it, or choose another.`,
    );
  }
  if (error.code === "EACCES") {
    return new Error(`Port ${port} needs more rights than this process has. Choose one above 1023.`);
  }
  if (error.code === "EADDRNOTAVAIL" || error.code === "ENOTFOUND") {
    return new Error(`${host} is not an address of this machine, so the docs can't start there.`);
  }
  return error;
}

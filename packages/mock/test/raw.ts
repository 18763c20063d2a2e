import { connect } from "node:net";

/** Writes bytes to a server and returns all that it sends until it closes, or until `until` is in it. */
export function raw(url: string, parts: readonly (string | Buffer)[], until?: string): Promise<string> {
  const { hostname, port } = new URL(url);
  return new Promise((resolve, reject) => {
    let received = "";
    const socket = connect(Number(port), hostname, () => {
      for (const part of parts) socket.write(part);
    });
    socket.on("data", (chunk) => {
      received += chunk.toString("utf8");
      if (until !== undefined && received.includes(until)) socket.destroy();
    });
    socket.on("close", () => resolve(received));
    socket.on("error", reject);
  });
}

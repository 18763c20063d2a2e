import { type Agent, request } from "node:http";
import { connect } from "node:net";
import { AUTHORIZATION } from "./send.ts";

/** Writes bytes to a server and returns everything that it sends until it closes, or until `until` appears. */
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

export interface Shape {
  readonly method?: string;
  readonly path?: string;
  /** Overrides the usual headers; `undefined` leaves a header out. */
  readonly headers?: Readonly<Record<string, string | undefined>>;
  readonly body?: string | Buffer;
  /** Sends the body in chunks of this many bytes, without announcing its length. */
  readonly chunk?: number;
}

export interface Reply {
  readonly status: number;
  readonly headers: Readonly<Record<string, string | string[] | undefined>>;
  readonly text: string;
  /** Milliseconds until the answer arrived. */
  readonly took: number;
}

/** Sends exactly the given bytes, on a new connection unless an agent keeps some. */
export function exchange(origin: string, shape: Shape, agent: Agent | false = false): Promise<Reply> {
  const { method = "POST", path = "/v2/payout-links", body = '{"amount":5}', chunk } = shape;
  const bytes = Buffer.from(body);
  const usual = {
    authorization: AUTHORIZATION,
    "content-type": "application/json",
    ...(chunk === undefined ? { "content-length": String(bytes.length) } : {}),
  };
  const headers = Object.fromEntries(
    Object.entries({ ...usual, ...shape.headers }).filter(([, value]) => value !== undefined),
  );
  const { hostname, port } = new URL(origin);
  return new Promise((resolve, reject) => {
    const started = performance.now();
    const outgoing = request({ hostname, port, method, path, headers, agent }, (response) => {
      const took = performance.now() - started;
      let text = "";
      response.setEncoding("utf8");
      response.on("data", (part: string) => {
        text += part;
      });
      response.on("error", reject);
      response.on("end", () =>
        resolve({ status: response.statusCode ?? 0, headers: response.headers, text, took }),
      );
    });
    outgoing.on("error", reject);
    if (chunk === undefined) outgoing.end(bytes);
    else {
      for (let start = 0; start < bytes.length; start += chunk)
        outgoing.write(bytes.subarray(start, start + chunk));
      outgoing.end();
    }
  });
}

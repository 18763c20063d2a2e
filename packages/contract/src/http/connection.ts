import type { ClientRequest, IncomingMessage, RequestOptions } from "node:http";
import { Agent as PlainAgent, request as plainRequest } from "node:http";
import { Agent as TlsAgent, request as tlsRequest } from "node:https";
import type { Answer, NoAnswer, WireRequest } from "./request.ts";

/** Answers above this size, in bytes, are cut: no promise needs more to be broken. */
const LARGEST_ANSWER = 4_000_000;

/** Connections to one server. */
export interface Connection {
  /** Sends a request once. Never throws: that nothing came back is an outcome. */
  send(request: WireRequest): Promise<Answer | NoAnswer>;
  close(): void;
}

/** @param timeout milliseconds that an answer may take, body included */
export function connect(base: URL, timeout: number, maxSockets: number): Connection {
  const tls = base.protocol === "https:";
  const agent = tls
    ? new TlsAgent({ keepAlive: true, maxSockets })
    : new PlainAgent({ keepAlive: true, maxSockets });
  const prefix = base.pathname.replace(/\/+$/, "");

  const attempt = (request: WireRequest, onReused: () => void): Promise<Answer | NoAnswer> =>
    new Promise((resolve) => {
      const started = performance.now();
      const headers: Record<string, string> = { ...request.headers };
      if (request.authorization !== undefined) headers["authorization"] = request.authorization.header;
      const options: RequestOptions = {
        agent,
        method: request.method,
        host: base.hostname.replace(/^\[(.*)\]$/, "$1"),
        port: base.port,
        path: prefix + request.path,
        headers,
      };
      const outgoing = tls ? tlsRequest(options) : plainRequest(options);
      const timer = setTimeout(() => {
        resolve({ reason: "timeout", message: `no answer within ${timeout} ms` });
        outgoing.destroy();
      }, timeout);
      const settle = (outcome: Answer | NoAnswer): void => {
        clearTimeout(timer);
        resolve(outcome);
      };
      outgoing.on("error", (error: NodeJS.ErrnoException) => {
        if (outgoing.reusedSocket && error.code === "ECONNRESET") onReused();
        settle(asNoAnswer(error));
      });
      outgoing.on("response", (incoming) => readAnswer(incoming, started, settle));
      writeBody(outgoing, request);
    });

  return {
    async send(request) {
      // A server may close an idle connection just as it is used again (RFC 9112 §9.3.1): that says nothing about it.
      let reused = false;
      const outcome = await attempt(request, () => {
        reused = true;
      });
      return reused && request.framing !== "aborted" ? attempt(request, () => {}) : outcome;
    },
    close: () => agent.destroy(),
  };
}

function writeBody(outgoing: ClientRequest, request: WireRequest): void {
  const bytes = typeof request.body === "string" ? Buffer.from(request.body) : request.body;
  if (request.framing === "aborted") {
    outgoing.setHeader("content-length", (bytes?.length ?? 0) + 1_000);
    outgoing.write(bytes ?? "", () => outgoing.destroy(new Error("aborted on purpose")));
    return;
  }
  if (bytes === undefined) {
    outgoing.end();
    return;
  }
  if (request.framing === "chunks") {
    outgoing.setHeader("transfer-encoding", "chunked");
    const middle = Math.ceil(bytes.length / 2);
    outgoing.write(bytes.subarray(0, middle));
    outgoing.end(bytes.subarray(middle));
    return;
  }
  outgoing.setHeader("content-length", bytes.length);
  outgoing.end(bytes);
}

function readAnswer(
  incoming: IncomingMessage,
  started: number,
  settle: (outcome: Answer | NoAnswer) => void,
): void {
  const chunks: Buffer[] = [];
  let size = 0;
  const finish = (): void => {
    const headers = Object.entries(incoming.headers).map(([name, value]) => [
      name,
      Array.isArray(value) ? value.join(", ") : (value ?? ""),
    ]);
    settle({
      status: incoming.statusCode ?? 0,
      headers: Object.fromEntries(headers),
      body: Buffer.concat(chunks).toString("utf8"),
      milliseconds: performance.now() - started,
    });
  };
  incoming.on("data", (chunk: Buffer) => {
    chunks.push(chunk);
    size += chunk.length;
    if (size <= LARGEST_ANSWER) return;
    finish();
    incoming.destroy();
  });
  incoming.on("end", finish);
  incoming.on("error", (error) => settle(asNoAnswer(error)));
}

const CUT = new Set(["ECONNRESET", "EPIPE", "ECONNABORTED"]);

function asNoAnswer(error: NodeJS.ErrnoException): NoAnswer {
  if (error.code !== undefined && CUT.has(error.code)) {
    return { reason: "cut", message: "the connection was cut before the answer was whole" };
  }
  // A parser error means that something came which is not HTTP.
  if (error.code?.startsWith("HPE_")) {
    return { reason: "cut", message: `the answer is not HTTP: ${error.message}` };
  }
  return { reason: "unreachable", message: error.message || (error.code ?? "unknown error") };
}

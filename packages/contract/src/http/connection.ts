import { type ClientRequest, request as plainRequest, type RequestOptions } from "node:http";
import { request as tlsRequest } from "node:https";
import { openAgent, type Route, targetOf } from "./agent.ts";
import { readAnswer } from "./read-answer.ts";
import type { Answer, NoAnswer, WireRequest } from "./request.ts";

/** Connections to one server. */
export interface Connection {
  /** Sends a request once. Never throws: a missing answer is an outcome. */
  send(request: WireRequest): Promise<Answer | NoAnswer>;
  /** How many requests were sent again because an idle connection was cut just as it was reused. */
  readonly sentAgain: () => number;
  close(): void;
}

export interface ConnectionSettings extends Route {
  /** The time limit for an answer, including its body, in milliseconds. */
  readonly timeout: number;
  readonly maxSockets: number;
  /** Headers for every request that does not have them itself. Names are in lower case. */
  readonly headers: Readonly<Record<string, string>>;
}

export function connect(base: URL, settings: ConnectionSettings): Connection {
  const { timeout, maxSockets } = settings;
  const agent = openAgent(base, settings, maxSockets);
  let sentAgain = 0;

  const attempt = (request: WireRequest, onReused: () => void): Promise<Answer | NoAnswer> =>
    new Promise((resolve) => {
      const started = performance.now();
      const target = targetOf(base, settings, request.path);
      const options: RequestOptions = {
        ...target,
        agent,
        method: request.method,
        headers: {
          ...settings.headers,
          ...request.headers,
          ...target.headers,
          ...(request.authorization === undefined ? {} : { authorization: request.authorization.header }),
        },
      };
      const outgoing = base.protocol === "https:" ? tlsRequest(options) : plainRequest(options);
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
      outgoing.on("response", (incoming) =>
        readAnswer(incoming, started, settle, (error) => settle(asNoAnswer(error))),
      );
      writeBody(outgoing, request);
    });

  return {
    async send(request) {
      // A server may close an idle connection just as it is reused (RFC 9112 §9.3.1): that is not a fault.
      let reused = false;
      const outcome = await attempt(request, () => {
        reused = true;
      });
      if (!reused || request.framing === "aborted") return outcome;
      sentAgain += 1;
      return attempt(request, () => {});
    },
    sentAgain: () => sentAgain,
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

const CUT = new Set(["ECONNRESET", "EPIPE", "ECONNABORTED"]);

function asNoAnswer(error: NodeJS.ErrnoException): NoAnswer {
  if (error.code !== undefined && CUT.has(error.code)) {
    return { reason: "cut", message: "the connection was cut before the answer was complete" };
  }
  // A parser error means that the server sent something other than HTTP.
  if (error.code?.startsWith("HPE_")) {
    return { reason: "cut", message: `the answer is not HTTP: ${error.message}` };
  }
  return { reason: "unreachable", message: error.message || (error.code ?? "unknown error") };
}

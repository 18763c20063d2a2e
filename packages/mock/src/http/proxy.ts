import * as http from "node:http";
import * as https from "node:https";
import { unchecked } from "../answer/inspect-exchange.ts";
import type { Core } from "../core.ts";
import { MockError } from "../mock-error.ts";
import { type Refusal, refuse } from "../wire/refusal.ts";
import type { MockRequest } from "../wire/request.ts";
import { passedOn, withHost } from "./proxy-headers.ts";
import { sendAnswer } from "./send-answer.ts";
import { type KeptBody, keepBody } from "./tee-body.ts";

/** Milliseconds within which the other side has to take the connection. */
const CONNECT_TIMEOUT = 10_000;

/** Passes a request on to the real server, and its answer back. */
export type Forward = (message: http.IncomingMessage, response: http.ServerResponse) => void;

/**
 * Passes traffic through as it is, and has the core look at each exchange.
 * @param limit bytes of the longest body that is looked at; longer ones pass unchecked
 */
export function createProxy(core: Core, upstream: URL, limit: number): Forward {
  const { request } = upstream.protocol === "https:" ? https : http;
  // A connection that the other side has given up may swallow a request that must not be sent twice: each gets its own.
  const agent = new (upstream.protocol === "https:" ? https : http).Agent({ keepAlive: false });
  const base = upstream.pathname.replace(/\/+$/, "");

  return (message, response) => {
    const started = performance.now();
    const sent = keepBody(message, limit);
    const target = (message.url ?? "/").replace(/^https?:\/\/[^/]*/i, "");
    const outgoing = request({
      agent,
      protocol: upstream.protocol,
      hostname: upstream.hostname.replace(/^\[|\]$/g, ""),
      port: upstream.port,
      method: message.method ?? "GET",
      path: target.startsWith("/") ? base + target : target,
      headers: framed(message, withHost(passedOn(message.rawHeaders), upstream.host)),
    });
    const slow = setTimeout(
      () => outgoing.destroy(new Error(`no connection within ${CONNECT_TIMEOUT / 1_000} seconds`)),
      CONNECT_TIMEOUT,
    );
    outgoing.on("socket", (socket) => {
      socket.once(upstream.protocol === "https:" ? "secureConnect" : "connect", () => clearTimeout(slow));
    });
    message.pipe(outgoing);
    let givenUp = false;
    response.on("close", () => {
      clearTimeout(slow);
      givenUp = !response.writableFinished;
      if (givenUp) outgoing.destroy();
    });

    outgoing.on("response", (incoming) => {
      const received = keepBody(incoming, limit);
      response.sendDate = false;
      response.writeHead(incoming.statusCode ?? 502, incoming.statusMessage, passedOn(incoming.rawHeaders));
      incoming.pipe(response);
      // A body that breaks off has to break off for the caller too.
      incoming.on("error", () => response.destroy());
      incoming.on("close", () => {
        const answer = {
          status: incoming.statusCode ?? 502,
          headers: shownHeaders(incoming.headers),
          body: incoming.complete ? received.read() : undefined,
          brokenOff: !incoming.complete && !givenUp,
        };
        if (!incoming.complete) response.destroy();
        void core.witness(toRequest(message, sent), answer, started);
      });
    });
    outgoing.on("error", (error: NodeJS.ErrnoException) => {
      if (response.headersSent) {
        response.destroy();
        return;
      }
      const refusal = givenUp ? abandoned() : unreachable(upstream, error);
      core.note(toRequest(message, sent), refusal, started);
      message.unpipe(outgoing).resume();
      sendAnswer(message, response, refusal.toAnswer());
    });
  };
}

/**
 * Reads where a proxy passes requests on to.
 * @throws MockError when it is no place that can be.
 */
export function upstreamOf(value: string): URL {
  const url = URL.canParse(value) ? new URL(value) : undefined;
  if (url === undefined || !/^https?:$/.test(url.protocol)) {
    throw new MockError("A proxy needs the URL of a server, which begins with http:// or https://.");
  }
  if (url.username !== "" || url.password !== "") {
    throw new MockError("The URL of a proxy may hold no credentials. Send them with each request.");
  }
  if (url.search !== "" || url.hash !== "") {
    throw new MockError(`The URL of a proxy ends with its path, without ${url.search}${url.hash}.`);
  }
  return url;
}

/** A body goes on in chunks where it came in chunks, and no body stays none. */
function framed({ headers, method }: http.IncomingMessage, passed: string[]): string[] {
  if (headers["transfer-encoding"] !== undefined) return [...passed, "Transfer-Encoding", "chunked"];
  const bodiless =
    headers["content-length"] === undefined && !/^(GET|HEAD|DELETE|OPTIONS|TRACE)$/.test(method ?? "");
  return bodiless ? [...passed, "Content-Length", "0"] : passed;
}

function toRequest(message: http.IncomingMessage, sent: KeptBody): MockRequest {
  return {
    method: message.method ?? "",
    target: message.url ?? "",
    headers: message.headers,
    readBody(taken, refused) {
      const body = sent.read();
      if (body === undefined) refused(unchecked());
      else taken(body);
    },
  };
}

function shownHeaders(headers: http.IncomingHttpHeaders): Record<string, string> {
  return Object.fromEntries(
    Object.entries(headers).map(([name, value]) => [
      name,
      name === "set-cookie" ? "***" : [value ?? ""].flat().join(", "),
    ]),
  );
}

/** The status is nginx's word for it; nobody is left to read it but the journal. */
function abandoned(): Refusal {
  return refuse(499, "aborted", "The caller gave up before there was an answer.");
}

function unreachable(upstream: URL, error: NodeJS.ErrnoException): Refusal {
  const problem = error.code ?? error.message;
  return refuse(502, "upstream", `The proxy cannot reach ${upstream.origin} (${problem}).`);
}

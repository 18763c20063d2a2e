import * as http from "node:http";
import * as https from "node:https";
import { unchecked } from "../answer/inspect-exchange.ts";
import type { Core } from "../core.ts";
import { MockError } from "../mock-error.ts";
import type { Handler } from "../pages/own-pages.ts";
import { isHeaderText } from "../wire/answer.ts";
import { type Refusal, refuse } from "../wire/refusal.ts";
import type { MockRequest } from "../wire/request.ts";
import { passedOn, withHost } from "./proxy-headers.ts";
import { sendAnswer } from "./send-answer.ts";
import { type BodyCopy, teeBody } from "./tee-body.ts";

/** Milliseconds within which the server has to accept the connection. */
const CONNECT_TIMEOUT = 10_000;

/**
 * Passes traffic through unchanged, and has the core inspect each exchange.
 * @param limit bytes of the longest body that is checked; longer ones pass unchecked
 */
export function createProxy(core: Core, upstream: URL, limit: number): Handler {
  const secure = upstream.protocol === "https:";
  const { request } = secure ? https : http;
  // A reused connection that the server has closed could swallow a request that must not be sent twice, so each request
  // gets its own.
  const agent = new (secure ? https : http).Agent({ keepAlive: false });
  const base = upstream.pathname.replace(/\/+$/, "");

  return async (message, response) => {
    const started = performance.now();
    const sent = teeBody(message, limit);
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
    const connection = watchConnecting(outgoing, secure ? "secureConnect" : "connect");
    let givenUp = false;
    response.on("close", () => {
      givenUp = !response.writableFinished;
      if (givenUp) outgoing.destroy();
    });
    message.pipe(outgoing);

    let incoming: http.IncomingMessage | undefined;
    try {
      incoming = await answerTo(outgoing);
      passHead(incoming, response);
    } catch (error) {
      outgoing.destroy();
      message.unpipe(outgoing).resume();
      const refusal = givenUp ? abandoned() : failed(upstream, connection.established, incoming, error);
      core.note(toRequest(message, sent), refusal, started);
      sendAnswer(message, response, refusal.toAnswer(), NO_ORIGINS);
      return;
    }
    const received = teeBody(incoming, limit);
    const { statusCode: status = 0, headers } = incoming;
    await passBody(incoming, response);
    const answer = {
      status,
      headers: shownHeaders(headers),
      body: incoming.complete ? received.read() : undefined,
      brokenOff: !incoming.complete && !givenUp,
    };
    await core.witness(toRequest(message, sent), answer, started);
  };
}

/**
 * Reads the URL that a proxy forwards requests to.
 * @throws MockError if it is invalid.
 */
export function upstreamOf(value: string): URL {
  const url = URL.canParse(value) ? new URL(value) : undefined;
  if (url === undefined || !/^https?:$/.test(url.protocol)) {
    throw new MockError("A proxy needs the URL of a server, starting with http:// or https://.");
  }
  if (url.username !== "" || url.password !== "") {
    throw new MockError("The URL of a proxy must not contain credentials. Send them with each request.");
  }
  if (url.search !== "" || url.hash !== "") {
    throw new MockError(`The URL of a proxy must end with its path, without ${url.search}${url.hash}.`);
  }
  return url;
}

/** Tracks whether a connection was made, and gives up if it takes too long. */
function watchConnecting(outgoing: http.ClientRequest, event: "connect" | "secureConnect") {
  const state = { established: false };
  const slow = setTimeout(
    () => outgoing.destroy(new Error(`no connection within ${CONNECT_TIMEOUT / 1_000} seconds`)),
    CONNECT_TIMEOUT,
  );
  outgoing.on("socket", (socket) => {
    socket.once(event, () => {
      state.established = true;
      clearTimeout(slow);
    });
  });
  outgoing.on("close", () => clearTimeout(slow));
  return state;
}

/** The answer to a request; rejects when none comes. */
function answerTo(outgoing: http.ClientRequest): Promise<http.IncomingMessage> {
  return new Promise((resolve, reject) => {
    outgoing.on("response", resolve);
    // Errors after the answer are those of its body, too.
    outgoing.on("error", reject);
    outgoing.on("upgrade", (_, socket) => {
      socket.destroy();
      reject(new Error("it switched to another protocol"));
    });
  });
}

/** @throws when HTTP cannot carry what the other side has sent. */
function passHead(
  { statusCode, statusMessage = "", rawHeaders }: http.IncomingMessage,
  response: http.ServerResponse,
): void {
  const status = statusCode ?? 0;
  if (status < 200) throw new Error(`its status is ${String(status).padStart(3, "0")}`);
  response.sendDate = false;
  // The reason phrase has no meaning: an invalid one is no reason to fail.
  response.writeHead(status, isHeaderText(statusMessage) ? statusMessage : "", passedOn(rawHeaders));
}

/** Forwards a body; if it is cut off, it is cut off for the caller too. */
function passBody(incoming: http.IncomingMessage, response: http.ServerResponse): Promise<void> {
  return new Promise((resolve) => {
    incoming.on("error", () => response.destroy());
    incoming.on("close", () => {
      if (!incoming.complete) response.destroy();
      resolve();
    });
    incoming.pipe(response);
  });
}

/** A chunked body is forwarded in chunks, and no body stays no body. */
function framed({ headers, method }: http.IncomingMessage, passed: string[]): string[] {
  if (headers["transfer-encoding"] !== undefined) return [...passed, "Transfer-Encoding", "chunked"];
  const bodiless =
    headers["content-length"] === undefined && !/^(GET|HEAD|DELETE|OPTIONS|TRACE)$/.test(method ?? "");
  return bodiless ? [...passed, "Content-Length", "0"] : passed;
}

function toRequest(message: http.IncomingMessage, sent: BodyCopy): MockRequest {
  return {
    method: message.method ?? "",
    target: message.url ?? "",
    headers: message.headers,
    async body() {
      const body = sent.read();
      if (body === undefined) throw unchecked();
      return body;
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

/** nginx's status for this case; only the journal sees it. */
function abandoned(): Refusal {
  return refuse(499, "aborted", "The caller gave up before there was an answer.");
}

/** The answer if there is none to forward. It says whether the request may have been carried out. */
function failed(
  { origin }: URL,
  connected: boolean,
  answer: http.IncomingMessage | undefined,
  error: unknown,
): Refusal {
  const problem =
    error instanceof Error ? ("code" in error ? String(error.code) : error.message) : String(error);
  if (!connected) return refuse(502, "upstream", `The proxy cannot reach ${origin} (${problem}).`);
  const what =
    answer === undefined
      ? `${origin} took the request but did not answer it (${problem})`
      : `The answer of ${origin} cannot be forwarded (${problem})`;
  return refuse(502, "upstream", `${what}. The request may have been carried out.`);
}

/** Pages on this machine may read the proxy's own answers. For everything else the real server decides. */
const NO_ORIGINS: ReadonlySet<string> = new Set();

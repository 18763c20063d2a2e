import * as http from "node:http";
import * as https from "node:https";
import type { Duplex } from "node:stream";
import type { Core } from "../core.ts";
import type { Certificate } from "../options/certificate.ts";
import { createOwnPages, type Handler } from "../pages/own-pages.ts";
import type { Receivers } from "../webhooks/receivers.ts";
import type { Webhooks } from "../webhooks/webhooks.ts";
import { BodyReader } from "../wire/read-body.ts";
import { asRefusal, type Refusal, refuse } from "../wire/refusal.ts";
import type { MockRequest } from "../wire/request.ts";
import { hostName, isAllowedHost } from "./hosts.ts";
import { bind, close, type Server, urlOf } from "./port.ts";
import { refusalFor, refuseConnection } from "./refuse-connection.ts";
import { isAllowedOrigin, sendAnswer } from "./send-answer.ts";
import { sendTogether } from "./send-together.ts";

export interface ListenOptions {
  readonly port: number;
  readonly host: string;
  /** Milliseconds within which a request's headers and body have to arrive. */
  readonly requestTimeout: number;
  /** Bytes of the longest accepted body. */
  readonly bodyLimit: number;
  /** The certificate for HTTPS; without it, plain HTTP is served. */
  readonly certificate: Certificate | undefined;
  /** Handles requests instead of the core. */
  readonly forward: Handler | undefined;
  readonly webhooks: Webhooks;
  readonly receivers: Receivers;
  /** Host names that the mock answers to, besides those that nobody else can own. */
  readonly allowedHosts: readonly string[];
  /** Origins whose pages may call the API, besides those on this machine. */
  readonly allowedOrigins: readonly string[];
}

export interface Listener {
  readonly url: string;
  /** Accepts no new requests, lets open ones finish, and frees the port. */
  close(): Promise<void>;
}

/**
 * Serves a mock over HTTP/1.1.
 * @throws MockError if the address is not available.
 */
export async function listen(core: Core, options: ListenOptions): Promise<Listener> {
  const { requestTimeout, certificate } = options;
  const limits = {
    requestTimeout,
    headersTimeout: requestTimeout,
    connectionsCheckingInterval: Math.max(20, Math.min(1_000, requestTimeout / 5)),
  };
  const server: Server =
    certificate === undefined ? http.createServer(limits) : https.createServer({ ...limits, ...certificate });
  const pages = createOwnPages(core, options.webhooks, options.receivers);
  const hosts = new Set([options.host, ...options.allowedHosts].map(hostName));
  const origins = new Set(options.allowedOrigins.map((origin) => origin.toLowerCase()));
  let lastHost: string | undefined;
  /** Why a request is rejected, whatever it asks for. */
  const turnedAway = ({ headers: { host, origin }, url }: http.IncomingMessage): Refusal | undefined => {
    // Cached: a client keeps sending the same host.
    if (host !== lastHost) {
      if (!isAllowedHost(host, hosts)) return misdirected(host);
      lastHost = host;
    }
    // The mock's own pages have stricter checks, and a real server behind a proxy decides for itself.
    const isForApi = options.forward === undefined && url?.startsWith("/__mock") !== true;
    const isForeign = origin !== undefined && isForApi && !isAllowedOrigin(origin, origins);
    return isForeign ? foreign(origin) : undefined;
  };
  const reading = new Map<Duplex, BodyReader>();
  const abandoned = new Set<Duplex>();
  const send = sendTogether((message, response, answer) => {
    try {
      sendAnswer(message, response, answer, origins);
    } catch (error) {
      sendFailure(message, response, error, origins);
    }
  });

  const serve = async (message: http.IncomingMessage, response: http.ServerResponse): Promise<void> => {
    try {
      const refusal = turnedAway(message);
      if (refusal !== undefined) {
        core.note(toRequest(message, new BodyReader(message, options.bodyLimit)), refusal);
        throw refusal;
      }
      const handler = pages.find(message) ?? options.forward;
      if (handler !== undefined) return await handler(message, response);
      const { socket } = message;
      const reader = new BodyReader(message, options.bodyLimit);
      reading.set(socket, reader);
      const answer = await core.respond(toRequest(message, reader));
      if (reading.get(socket) === reader) reading.delete(socket);
      if (answer.fault === "timeout") keepWhileOpen(abandoned, socket);
      send(message, response, answer);
    } catch (error) {
      sendFailure(message, response, error, origins);
    }
  };
  server.on("request", (message, response) => void serve(message, response));
  server.on("clientError", (error: NodeJS.ErrnoException, socket) => {
    const stalled = error.code === "ERR_HTTP_REQUEST_TIMEOUT";
    if (stalled && reading.get(socket)?.giveUp(refusalFor(error.code))) return;
    refuseConnection(core, error, socket);
  });
  await bind(server, options.port, options.host);
  return {
    url: urlOf(server, options.host, certificate === undefined ? "http" : "https"),
    close: () => {
      pages.close();
      for (const socket of abandoned) socket.destroy();
      // A body that has not arrived completely has had no effect yet: the client may send it again, to the next mock.
      const stalled = setTimeout(() => {
        for (const reader of reading.values()) reader.giveUp(closing());
      }, BODY_GRACE);
      return close(server).finally(() => clearTimeout(stalled));
    },
  };
}

/**
 * Handles any failure of a request: it is answered with the reason, and later requests are not affected. If the answer
 * has already started, the connection is cut, so that nobody mistakes a part for the whole.
 */
function sendFailure(
  message: http.IncomingMessage,
  response: http.ServerResponse,
  error: unknown,
  origins: ReadonlySet<string>,
): void {
  if (response.headersSent) response.destroy();
  else sendAnswer(message, response, asRefusal(error).toAnswer(), origins);
}

function misdirected(host: string | undefined): Refusal {
  const name = hostName(host ?? "");
  const message = `The mock does not answer to ${name}. If it should, start it with --allow-host ${name}.`;
  return refuse(421, "host", message);
}

function foreign(origin: string): Refusal {
  const message = `Pages of ${origin} may not call the mock. To allow them, start it with --allow-origin ${origin}.`;
  return refuse(403, "origin", message);
}

/** Connections that are left unanswered on purpose must not keep the server from closing. */
function keepWhileOpen(sockets: Set<Duplex>, socket: Duplex): void {
  sockets.add(socket);
  socket.once("close", () => sockets.delete(socket));
}

function toRequest(message: http.IncomingMessage, reader: BodyReader): MockRequest {
  return {
    method: message.method ?? "",
    target: message.url ?? "",
    headers: message.headers,
    body: () => reader.read(),
  };
}

/** Milliseconds for bodies to arrive once the mock is about to close. */
const BODY_GRACE = 500;

function closing(): Refusal {
  return refuse(
    503,
    "closing",
    "The mock is closing, and the body has not arrived. Nothing was carried out.",
    {
      connection: "close",
    },
  );
}

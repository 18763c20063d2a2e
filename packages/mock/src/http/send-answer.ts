import type { IncomingMessage, ServerResponse } from "node:http";
import { TLSSocket } from "node:tls";
import { type MockAnswer, REQUEST_ID } from "../wire/answer.ts";
import { isLoopback } from "./hosts.ts";

/**
 * Sends an answer, or fails to in the requested way.
 * @param origins origins whose pages may read it, besides those on this machine
 */
export function sendAnswer(
  message: IncomingMessage,
  response: ServerResponse,
  answer: MockAnswer,
  origins: ReadonlySet<string>,
): void {
  const { socket } = message;
  if (response.destroyed || socket.destroyed || answer.fault === "timeout") return;
  if (answer.fault === "reset") {
    // With TLS, the other side can't be told about the reset: it just sees the connection end.
    if (socket instanceof TLSSocket) socket.destroy();
    else socket.resetAndDestroy();
    return;
  }
  const { status, body } = answer;
  // Names and values alternating, the form that costs Node the least work.
  const head: string[] = [];
  for (const name of Object.keys(answer.headers)) head.push(name, answer.headers[name] ?? "");
  if (answer.entry !== undefined) head.push(REQUEST_ID, String(answer.entry));
  const { origin } = message.headers;
  if (origin !== undefined && isAllowedOrigin(origin, origins)) {
    head.push(...Object.entries(crossOrigin(message, origin, answer.headers)).flat());
  }
  if (status !== 204 && status !== 304) head.push("content-length", String(Buffer.byteLength(body)));
  if (status === 408) head.push("connection", "close");
  response.writeHead(status, head);
  if (message.method === "HEAD") response.end();
  else if (answer.fault === "truncate") {
    response.write(body.slice(0, Math.ceil(body.length / 2)), () => socket.destroy());
  } else response.end(body);
}

/** Whether pages of an origin may call the API: those on this machine, and those that were allowed. */
export function isAllowedOrigin(origin: string, allowed: ReadonlySet<string>): boolean {
  return isLoopback(origin) || allowed.has(origin.toLowerCase()) || allowed.has("*");
}

/** Lets a page read the answer, even if it sends credentials (Fetch §3.2). */
function crossOrigin(
  { headers, method }: IncomingMessage,
  origin: string,
  answered: MockAnswer["headers"],
): Record<string, string> {
  const shared = {
    "access-control-allow-origin": origin,
    "access-control-allow-credentials": "true",
    "access-control-expose-headers": ["content-length", REQUEST_ID, ...Object.keys(answered)].join(", "),
    vary: "origin",
  };
  const wanted = headers["access-control-request-method"];
  if (method !== "OPTIONS" || wanted === undefined) return shared;
  return {
    ...shared,
    "access-control-allow-methods": wanted,
    "access-control-allow-headers": headers["access-control-request-headers"] ?? "",
    "access-control-max-age": "600",
  };
}

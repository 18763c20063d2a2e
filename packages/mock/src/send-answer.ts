import type { IncomingMessage, ServerResponse } from "node:http";
import type { MockAnswer } from "./message.ts";

/** Sends an answer, or fails to in the way that was ordered. */
export function sendAnswer(message: IncomingMessage, response: ServerResponse, answer: MockAnswer): void {
  const { socket } = message;
  if (response.destroyed || socket.destroyed || answer.fault === "timeout") return;
  if (answer.fault === "reset") {
    socket.resetAndDestroy();
    return;
  }
  response.writeHead(answer.status, headersOf(message, answer));
  if (message.method === "HEAD") response.end();
  else if (answer.fault === "truncate") {
    response.write(answer.body.slice(0, Math.ceil(answer.body.length / 2)), () => socket.destroy());
  } else response.end(answer.body);
}

function headersOf(message: IncomingMessage, answer: MockAnswer): Record<string, string | number> {
  const headers: Record<string, string | number> = { ...answer.headers };
  if (message.headers.origin !== undefined) Object.assign(headers, crossOrigin(message));
  if (answer.status !== 204 && answer.status !== 304) {
    headers["content-length"] = Buffer.byteLength(answer.body);
  }
  if (answer.status === 408) headers["connection"] = "close";
  return headers;
}

/** Lets a page of any origin call the mock (Fetch §3.2); it serves made-up data only. */
function crossOrigin({ headers, method }: IncomingMessage): Record<string, string> {
  const shared = { "access-control-allow-origin": "*", "access-control-expose-headers": "*" };
  const wanted = headers["access-control-request-method"];
  if (method !== "OPTIONS" || wanted === undefined) return shared;
  return {
    ...shared,
    "access-control-allow-methods": wanted,
    "access-control-allow-headers": headers["access-control-request-headers"] ?? "*",
    "access-control-max-age": "600",
  };
}

import type { IncomingMessage, ServerResponse } from "node:http";
import type { MockAnswer } from "../wire/answer.ts";

/** Sends an answer, or fails to in the way that was ordered. */
export function sendAnswer(message: IncomingMessage, response: ServerResponse, answer: MockAnswer): void {
  const { socket } = message;
  if (response.destroyed || socket.destroyed || answer.fault === "timeout") return;
  if (answer.fault === "reset") {
    socket.resetAndDestroy();
    return;
  }
  const { status, body } = answer;
  // Names and values in turns, as Node takes them with the least work.
  const head: string[] = [];
  for (const name of Object.keys(answer.headers)) head.push(name, answer.headers[name] ?? "");
  if (message.headers.origin !== undefined) head.push(...Object.entries(crossOrigin(message)).flat());
  if (status !== 204 && status !== 304) head.push("content-length", String(Buffer.byteLength(body)));
  if (status === 408) head.push("connection", "close");
  response.writeHead(status, head);
  if (message.method === "HEAD") response.end();
  else if (answer.fault === "truncate") {
    response.write(body.slice(0, Math.ceil(body.length / 2)), () => socket.destroy());
  } else response.end(body);
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

import type { Duplex } from "node:stream";
import type { Core } from "../core.ts";
import { type Refusal, refuse } from "../wire/refusal.ts";

/** Answers connections without a valid request: it stalled, was not HTTP, or was too long. */
export function refuseConnection(core: Core, error: NodeJS.ErrnoException, socket: Duplex): void {
  const brokenOff = error.code === "ECONNRESET" || error.code === "HPE_INVALID_EOF_STATE";
  if (brokenOff || !socket.writable) {
    socket.destroy();
    return;
  }
  const refusal = refusalFor(error.code);
  core.note({ method: "-", target: "-", headers: {}, body: async () => new Uint8Array() }, refusal);
  const { status, body, headers } = refusal.toAnswer();
  const lines = Object.entries({
    ...headers,
    "content-length": Buffer.byteLength(body),
    connection: "close",
  });
  socket.end(
    `HTTP/1.1 ${status} ${refusal.reasons[0]?.code ?? ""}\r\n${lines.map(([name, value]) => `${name}: ${value}\r\n`).join("")}\r\n${body}`,
  );
}

/** The refusal for data that Node could not read as a request, by the code of the error. */
export function refusalFor(code: string | undefined): Refusal {
  if (code === "ERR_HTTP_REQUEST_TIMEOUT")
    return refuse(408, "timeout", "The request did not arrive in time.");
  if (code === "HPE_HEADER_OVERFLOW") return refuse(431, "headers", "The headers are too long.");
  return refuse(400, "http", "This is not HTTP/1.1.");
}

import { connect } from "node:net";
import { parseArgs } from "node:util";
import { requestText } from "../bench/requests.ts";

/**
 * One kind of caller, in a separate process. Prints as JSON what it sent, what was answered, and what went wrong.
 *
 * - `good`: requests that must succeed, over connections that stay open;
 * - `bad`: requests that must be refused;
 * - `aborted`: connections that are cut in the middle of a request, or before its answer is read;
 * - `stalled`: connections that send half of a request and then wait for an answer.
 */
const { values } = parseArgs({
  options: {
    url: { type: "string", default: "" },
    kind: { type: "string", default: "good" },
    /** How long to run, in milliseconds. */
    time: { type: "string", default: "1000" },
    connections: { type: "string", default: "8" },
    offset: { type: "string", default: "0" },
  },
});

const { hostname, port, host } = new URL(values.url);
const until = Date.now() + Number(values.time);
const counts = { sent: 0, answered: 0, slowest: 0 };
const problems: string[] = [];
const statuses: Record<string, number> = {};

const callers: Readonly<Record<string, () => Promise<void>>> = { good, bad, aborted, stalled };
const caller = callers[values.kind];
if (caller === undefined) throw new Error(`unknown kind ${values.kind}`);
await Promise.all(Array.from({ length: Number(values.connections) }, caller));
console.log(
  JSON.stringify({
    kind: values.kind,
    ...counts,
    statuses,
    problems: problems.slice(0, 5),
    troubles: problems.length,
  }),
);

function text(refused: number): string {
  counts.sent += 1;
  return requestText(Number(values.offset) + counts.sent, host, refused);
}

/** Sends request after request over one connection. */
function steadily(refused: number, wanted: RegExp): Promise<void> {
  return new Promise((resolve) => {
    let pending = "";
    let started = 0;
    const socket = connect(Number(port), hostname, send).setEncoding("latin1");
    function send(): void {
      if (Date.now() > until) {
        socket.end();
        return;
      }
      started = performance.now();
      socket.write(text(refused));
    }
    socket.on("data", (chunk: string) => {
      pending += chunk;
      const end = pending.indexOf("\r\n\r\n");
      const length = Number(/content-length: (\d+)/i.exec(pending)?.[1]);
      if (end === -1 || pending.length < end + 4 + length) return;
      const status = pending.slice(9, 12);
      statuses[status] = (statuses[status] ?? 0) + 1;
      if (!wanted.test(status)) problems.push(pending.slice(0, 300));
      counts.answered += 1;
      counts.slowest = Math.max(counts.slowest, Math.round(performance.now() - started));
      pending = "";
      send();
    });
    socket.on("error", (error) => problems.push(String(error)));
    socket.on("close", () => resolve());
  });
}

function good(): Promise<void> {
  return steadily(0, /^20[01]$/);
}

function bad(): Promise<void> {
  return steadily(1, /^400$/);
}

async function aborted(): Promise<void> {
  while (Date.now() < until) {
    await new Promise<void>((resolve) => {
      const request = text(0);
      const cut = 1 + Math.floor(Math.random() * request.length);
      const socket = connect(Number(port), hostname, () => {
        socket.write(request.slice(0, cut), () =>
          cut % 2 === 0 ? socket.destroy() : socket.resetAndDestroy(),
        );
      });
      socket.on("error", () => {});
      socket.on("close", () => resolve());
    });
  }
}

async function stalled(): Promise<void> {
  while (Date.now() < until) {
    await new Promise<void>((resolve) => {
      const request = text(0);
      let answer = "";
      const socket = connect(Number(port), hostname, () => {
        socket.write(request.slice(0, 1 + Math.floor(Math.random() * (request.length - 1))));
      });
      socket.on("data", (chunk) => {
        answer += chunk.toString("latin1");
      });
      socket.on("error", (error) => problems.push(String(error)));
      socket.on("close", () => {
        const status = answer.slice(9, 12);
        statuses[status] = (statuses[status] ?? 0) + 1;
        if (status === "408") counts.answered += 1;
        else problems.push(`closed with: ${answer.slice(0, 200)}`);
        resolve();
      });
    });
  }
}

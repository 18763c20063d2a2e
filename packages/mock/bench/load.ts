import { connect, type Socket } from "node:net";
import { parseArgs } from "node:util";
import { requestText } from "./requests.ts";

/**
 * Sends requests over a few connections, each as soon as the previous one is answered, and prints the counts as JSON.
 * It runs in a separate process, so that it does not share a thread with the measured server, and only reads the
 * status and length of answers.
 */
const { values } = parseArgs({
  options: {
    url: { type: "string", default: "" },
    connections: { type: "string", default: "50" },
    /** How long to run, in milliseconds. */
    time: { type: "string", default: "0" },
    /** How many requests to send, if no time is set. */
    count: { type: "string", default: "0" },
    /** The share of requests that must be refused. */
    refused: { type: "string", default: "0" },
    /** The seed of keys and amounts, so that no two runs send the same. */
    offset: { type: "string", default: "0" },
  },
});

const { hostname, port, host } = new URL(values.url);
const time = Number(values.time);
const count = Number(values.count);
const refused = Number(values.refused);
const offset = Number(values.offset);
const statuses: Record<string, number> = {};
let sent = 0;
let answered = 0;
const started = performance.now();

await Promise.all(Array.from({ length: Number(values.connections) }, run));
const seconds = (performance.now() - started) / 1_000;
console.log(JSON.stringify({ seconds, answered, perSecond: answered / seconds, statuses }));

function run(): Promise<void> {
  return new Promise((resolve, reject) => {
    const socket = connect(Number(port), hostname, () => next(socket));
    let pending = "";
    socket.setEncoding("latin1");
    socket.on("error", reject);
    socket.on("close", () => resolve());
    socket.on("data", (chunk: string) => {
      pending = pending === "" ? chunk : pending + chunk;
      const end = pending.indexOf("\r\n\r\n");
      if (end === -1) return;
      const length = /content-length: (\d+)/i.exec(pending)?.[1];
      if (length === undefined) throw new Error(`no content length: ${pending.slice(0, 300)}`);
      if (pending.length < end + 4 + Number(length)) return;
      const status = pending.slice(9, 12);
      statuses[status] = (statuses[status] ?? 0) + 1;
      answered += 1;
      pending = "";
      next(socket);
    });
  });
}

function next(socket: Socket): void {
  const over = time > 0 ? performance.now() - started > time : sent >= count;
  if (over) {
    socket.end();
    return;
  }
  socket.write(requestText(offset + sent, host, refused));
  sent += 1;
}

import { execFile } from "node:child_process";
import { fileURLToPath } from "node:url";
import { parseArgs, promisify } from "node:util";
import { CONTESTANTS, OURS } from "../bench/contestants.ts";
import { startServer } from "../bench/measured-server.ts";

/** Sends requests of every kind for a long time: each good request must be answered, and memory must stay bounded. */
const { values } = parseArgs({ options: { minutes: { type: "string", default: "10" } } });
const time = Number(values.minutes) * 60_000;
const run = promisify(execFile);
const CLIENT = fileURLToPath(new URL("client.ts", import.meta.url));
const KINDS: readonly (readonly [string, number])[] = [
  ["good", 8],
  ["good", 8],
  ["bad", 4],
  ["aborted", 4],
  ["stalled", 16],
];

const contestant = CONTESTANTS.find(({ name }) => name === OURS);
if (contestant === undefined) throw new Error(`${OURS} is not to be found`);
const server = await startServer(contestant);
const memory: number[] = [];
const started = Date.now();
const sampling = setInterval(
  async () => {
    memory.push(await server.memory());
    const seconds = Math.round((Date.now() - started) / 1_000);
    console.log(`${seconds} s: ${Math.round(memory.at(-1) ?? 0)} MB`);
  },
  Math.max(1_000, time / 30),
);

const faults: string[] = [];
await Promise.all(
  KINDS.map(async ([kind, connections], index) => {
    const flags = { url: server.url, kind, connections, time, offset: index * 100_000_000 };
    const args = Object.entries(flags).flatMap(([flag, value]) => [`--${flag}`, String(value)]);
    const { stdout } = await run(process.execPath, [CLIENT, ...args]);
    console.log(stdout.trim());
    const { sent, answered, troubles } = JSON.parse(stdout);
    if (kind !== "aborted" && (answered !== sent || troubles > 0)) {
      faults.push(`${kind}: ${sent} sent, ${answered} answered as they should be, ${troubles} troubles`);
    }
  }),
);
clearInterval(sampling);
await server.stop();

const half = Math.floor(memory.length / 2);
const [before, after] = [Math.max(...memory.slice(0, half)), Math.max(...memory.slice(half))];
console.log(`most memory: ${Math.round(before)} MB in the first half, ${Math.round(after)} MB in the second`);
if (after > before * 1.25) faults.push("memory keeps growing");
for (const fault of faults) console.error(fault);
process.exitCode = faults.length > 0 ? 1 : 0;

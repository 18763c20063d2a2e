import { parseArgs } from "node:util";
import { CONTESTANTS, OURS } from "../bench/contestants.ts";
import { startServer } from "../bench/measured-server.ts";

/**
 * Sends very many requests to a mock with a limited heap. What it remembers is bounded, so it must survive; a leak
 * ends it. The memory shown is that of the whole process.
 */
const { values } = parseArgs({
  options: {
    requests: { type: "string", default: "1000000" },
    /**
     * Megabytes of heap. What the mock remembers takes up to about 60, and V8 needs more than twice that in addition.
     */
    heap: { type: "string", default: "320" },
  },
});
const contestant = CONTESTANTS.find(({ name }) => name === OURS);
if (contestant === undefined) throw new Error(`${OURS} is not to be found`);
const server = await startServer({
  name: OURS,
  command: (port) => [`--max-old-space-size=${values.heap}`, ...contestant.command(port)],
});

const STEPS = 10;
const count = Math.ceil(Number(values.requests) / STEPS);
const memory: number[] = [];
for (let step = 0; step < STEPS; step += 1) {
  const { perSecond, statuses } = await server.load({ count, offset: step * count, refused: 0.1 });
  memory.push(await server.memory());
  const sent = ((step + 1) * count).toLocaleString("en");
  console.log(
    `after ${sent} requests: ${Math.round(memory.at(-1) ?? 0)} MB, ${Math.round(perSecond)} requests/s, ${JSON.stringify(statuses)}`,
  );
}
await server.stop();

const half = Math.floor(memory.length / 2);
const [before, after] = [Math.max(...memory.slice(0, half)), Math.max(...memory.slice(half))];
if (after > before * 1.2) {
  console.error(`Memory keeps growing: ${Math.round(before)} MB at most, then ${Math.round(after)} MB.`);
  process.exitCode = 1;
}

import { cpus, loadavg } from "node:os";
import { parseArgs } from "node:util";
import { BARE, CONTESTANTS, OURS, SILENT } from "./contestants.ts";
import { type MeasuredServer, type Round, startServer } from "./measured-server.ts";

/**
 * Measures the mock next to other servers, in turns, so that whatever else the machine does affects all of them.
 * Every second request has an idempotency key, and each key is sent twice. All servers have their default settings,
 * except that logging is off.
 */
const { values } = parseArgs({
  options: {
    rounds: { type: "string", default: "3" },
    /** The duration of a round, in milliseconds. */
    time: { type: "string", default: "3000" },
    /** The number of requests for the leak test; 0 to skip it. */
    endurance: { type: "string", default: "1000000" },
    /** Only measures servers with this in their names. */
    only: { type: "string", default: "" },
  },
});

interface Result {
  readonly startup: number[];
  readonly good: Round[];
  readonly mixed: Round[];
  readonly memory: number[];
}

const chosen = CONTESTANTS.filter(({ name }) => name.includes(values.only));
const results = new Map<string, Result>(
  chosen.map(({ name }) => [name, { startup: [], good: [], mixed: [], memory: [] }]),
);
console.log(
  `Node ${process.version}, ${cpus().length} × ${cpus()[0]?.model}, load ${loadavg()
    .map((n) => n.toFixed(1))
    .join(" ")}`,
);
for (let round = 0; round < Number(values.rounds); round += 1) {
  for (const contestant of chosen) {
    const server = await startServer(contestant);
    const result = results.get(contestant.name);
    if (result === undefined) continue;
    await measure(server, result);
    await server.stop();
  }
}
if (Number(values.rounds) > 0) report();
if (Number(values.endurance) > 0) await endure(Number(values.endurance));

async function measure(server: MeasuredServer, { startup, good, mixed, memory }: Result): Promise<void> {
  const time = Number(values.time);
  // Until the engine has compiled the hot code.
  await server.load({ time, offset: 0 });
  good.push(await server.load({ time, offset: 10_000_000 }));
  mixed.push(await server.load({ time, offset: 20_000_000, refused: 0.2 }));
  startup.push(server.startup);
  memory.push(await server.memory());
}

function report(): void {
  const rows = [...results].map(([name, { startup, good, mixed, memory }]) => ({
    server: name,
    "requests/s": Math.round(median(good.map(({ perSecond }) => perSecond))),
    "µs cpu": round(median(good.map(({ cpu }) => cpu))),
    "20% refused/s": Math.round(median(mixed.map(({ perSecond }) => perSecond))),
    "µs cpu (20%)": round(median(mixed.map(({ cpu }) => cpu))),
    "first answer ms": Math.round(median(startup)),
    "memory MB": Math.round(median(memory)),
  }));
  console.table(rows);
  console.log(
    `Statuses: ${JSON.stringify(Object.fromEntries([...results].map(([name, { mixed }]) => [name, mixed[0]?.statuses])))}`,
  );
  const ours = rows.find(({ server }) => server === OURS);
  for (const row of rows) {
    if (ours === undefined || row === ours) continue;
    const rate = round(ours["requests/s"] / row["requests/s"]);
    const mixed = round(ours["20% refused/s"] / row["20% refused/s"]);
    const cpu = round(row["µs cpu"] / ours["µs cpu"]);
    const cpuMixed = round(row["µs cpu (20%)"] / ours["µs cpu (20%)"]);
    console.log(
      `${OURS} / ${row.server}: ${rate} (20% refused ${mixed}); by processor time ${cpu} (${cpuMixed})${goal(row.server)}`,
    );
  }
}

function goal(name: string): string {
  if (name === SILENT) return "; wanted: at least 5";
  return name === BARE ? "; wanted: at least 0.7" : "";
}

/** Sends very many requests, and shows whether memory keeps growing. */
async function endure(total: number): Promise<void> {
  const contestant = CONTESTANTS.find(({ name }) => name === OURS);
  if (contestant === undefined) return;
  const server = await startServer(contestant);
  const steps = 10;
  for (let step = 0; step < steps; step += 1) {
    const count = Math.ceil(total / steps);
    const { perSecond } = await server.load({ count, offset: step * count, refused: 0.1 });
    const requests = ((step + 1) * count).toLocaleString("en");
    console.log(
      `after ${requests} requests: ${Math.round(await server.memory())} MB, ${Math.round(perSecond)} requests/s`,
    );
  }
  await server.stop();
}

function median(numbers: readonly number[]): number {
  const sorted = numbers.toSorted((a, b) => a - b);
  return sorted[Math.floor(sorted.length / 2)] ?? Number.NaN;
}

function round(value: number): number {
  return Math.round(value * 100) / 100;
}

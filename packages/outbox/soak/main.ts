// The full run: 2,000 people, and 300 random moments in which the sender is killed. With `--postgres`, four workers share
// a database, and are killed, paused and cut off, as is the database. `--people`, `--kills` and `--seed` change it.
import { parseArgs } from "node:util";
import { startPostgres } from "@dots-payouts/postgres-server";
import { fleetRun } from "../test/kill/fleet-run.ts";
import { killRun } from "../test/kill/kill-run.ts";

const { values } = parseArgs({
  options: {
    people: { type: "string", default: "2000" },
    kills: { type: "string", default: "300" },
    seed: { type: "string" },
    life: { type: "string", default: "600" },
    postgres: { type: "boolean", default: false },
    workers: { type: "string", default: "4" },
    gap: { type: "string", default: "3000" },
  },
});
const seed = Number(values.seed ?? Math.trunc(Math.random() * 2 ** 31));
console.log(`seed ${seed}`);
const start = performance.now();
const [people, kills] = [Number(values.people), Number(values.kills)];
const verdict = values.postgres
  ? await fleet()
  : await killRun({ seed, people, kills, life: Number(values.life) });
console.log(verdict, `${Math.round((performance.now() - start) / 1_000)} s`);
const { paidTwice, forgotten, wrong } = verdict;
if (paidTwice.length + forgotten.length + wrong.length > 0) process.exitCode = 1;
if ("alone" in verdict && verdict.alone.length + verdict.crashes.length > 0) process.exitCode = 1;

async function fleet() {
  const server = await startPostgres({ settings: ["fsync=on"] });
  try {
    return await fleetRun(server, {
      seed,
      people,
      workers: Number(values.workers),
      blows: kills,
      gap: 1_000,
    });
  } finally {
    await server.close();
  }
}

// The full run: 2,000 people, killed at 300 random moments. `--people`, `--kills` and `--seed` change it.
import { parseArgs } from "node:util";
import { killRun } from "../test/kill/kill-run.ts";

const { values } = parseArgs({
  options: {
    people: { type: "string", default: "2000" },
    kills: { type: "string", default: "300" },
    seed: { type: "string" },
    life: { type: "string", default: "600" },
  },
});
const seed = Number(values.seed ?? Math.trunc(Math.random() * 2 ** 31));
console.log(`seed ${seed}`);
const start = performance.now();
const verdict = await killRun({
  seed,
  people: Number(values.people),
  kills: Number(values.kills),
  life: Number(values.life),
});
console.log(verdict, `${Math.round((performance.now() - start) / 1_000)} s`);
if (verdict.paidTwice.length + verdict.forgotten.length + verdict.wrong.length > 0) process.exitCode = 1;

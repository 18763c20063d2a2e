import { parseArgs } from "node:util";
import fc from "fast-check";
import { Count } from "./count.ts";
import { judgePair } from "./judge.ts";
import { pair } from "./pairs.ts";
import { seeded } from "./random.ts";

// Compares the verdicts on random pairs of schemas with Ajv's verdicts on values: a request that is no longer valid
// is breaking, and a response that becomes possible is new. Exit code 1: a verdict is too weak.
const { values } = parseArgs({
  options: {
    pairs: { type: "string", default: "10000" },
    seed: { type: "string", default: String(Date.now() % 1_000_000) },
    // Prints pairs for which the verdict is stricter than what values show.
    strict: { type: "string", default: "0" },
  },
});
const seed = Number(values.seed);
const numRuns = Number(values.pairs);
const count = new Count();
for (const [index, each] of fc.sample(pair, { numRuns, seed }).entries()) count.add(each, seed + index);
console.log(`Seed ${seed}.\n\n${count.table()}`);
for (const { pair: strict, verdict } of count.unproved.slice(0, Number(values.strict))) {
  console.log(
    JSON.stringify(
      {
        before: strict.before,
        after: strict.after,
        says: verdict.changes.map(({ impact, text }) => `${impact}: ${text}`),
      },
      null,
      1,
    ),
  );
}
if (count.weak.length > 0) {
  process.exitCode = 1;
  const isWeak = fc.property(pair, fc.nat(), (each, chance) => {
    const { request, response } = judgePair(each, seeded(chance));
    return request.disagreement !== "too weak" && response.disagreement !== "too weak";
  });
  const [first] = fc.check(isWeak, { numRuns, seed }).counterexample ?? [];
  console.log(JSON.stringify({ smallest: first, first: count.weak[0] }, null, 1));
}

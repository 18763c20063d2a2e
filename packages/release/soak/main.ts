import fc from "fast-check";
import { soakArguments } from "./arguments.ts";
import { Count } from "./count.ts";
import { judgePair } from "./judge.ts";
import { pair } from "./pairs.ts";
import { seeded } from "./random.ts";

// Compares the verdicts on random pairs of schemas with Ajv's verdicts on values: a request that is no longer valid is
// breaking, and a response that becomes possible is new. Exit code 1: a verdict is too weak.
const { numRuns, seed, strict } = soakArguments();
const count = new Count();
for (const [index, each] of fc.sample(pair, { numRuns, seed }).entries()) count.add(each, seed + index);
console.log(`Seed ${seed}.\n\n${count.table()}`);
for (const { pair: shown, verdict } of count.unproved.slice(0, strict)) {
  const says = verdict.changes.map(({ impact, text }) => `${impact}: ${text}`);
  console.log(JSON.stringify({ before: shown.before, after: shown.after, says }, null, 1));
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

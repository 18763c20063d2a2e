import { parseArgs } from "node:util";
import { DIFFERENCES } from "../test/judges/differences.ts";
import { type Direction, isAgreed, judgeTypes, type Verdict } from "../test/judges/judge-types.ts";
import { type RandomDocument, randomDocument, schemaOf } from "../test/judges/random-document.ts";

const { values } = parseArgs({
  options: { seed: { type: "string" }, rounds: { type: "string", default: "10" } },
});
const first = Number(values.seed ?? Date.now() % 2 ** 31);
const SCHEMAS = 150;
const DIRECTIONS: readonly Direction[] = ["request", "answer"];

const differ = (verdicts: readonly Verdict[]): readonly Verdict[] => verdicts.filter((one) => !isAgreed(one));
const random = (round: number): RandomDocument => randomDocument(first + round * SCHEMAS, SCHEMAS, 40);

const counts = { pairs: 0, compile: 0, fit: 0, "said alike": 0, "not listed": 0 };
for (let round = 0; round < Number(values.rounds); round += 1) {
  const { document, pairs, names } = random(round);
  for (const direction of DIRECTIONS) {
    const verdicts = await judgeTypes({ document, pairs, names }, direction);
    counts.pairs += verdicts.length;
    counts.compile += verdicts.filter(({ compiles }) => compiles).length;
    counts.fit += verdicts.filter(({ fits }) => fits).length;
    counts["said alike"] += verdicts.filter(({ compiles, fits }) => compiles === fits).length;
    for (const { name, value, compiles } of differ(verdicts)) {
      counts["not listed"] += 1;
      const said = compiles ? "compiles, and is refused" : "is let through, and does not compile";
      console.log(
        `${direction} (round ${first + round * SCHEMAS}, ${name}): ${JSON.stringify(value)} ${said}: ${JSON.stringify(schemaOf(document, name))}`,
      );
    }
  }
}
console.log(`seed ${first}:`, counts);

// A listed difference that no pair needs would hide bugs.
console.log("pairs of the first round that only agree because of a listed difference:");
for (const difference of DIFFERENCES) {
  const others = DIFFERENCES.filter((other) => other !== difference);
  const found = await Promise.all(DIRECTIONS.map((direction) => judgeTypes(random(0), direction, others)));
  console.log(`${String(found.flatMap(differ).length).padStart(6)}  ${difference.reason}`);
}
if (counts["not listed"] > 0) process.exitCode = 1;

import fc from "fast-check";
import { soakArguments } from "../arguments.ts";
import { judgeOperations, NOTHING_DIFFERS, UNSHOWN } from "./judge.ts";
import type { OperationPair } from "./model.ts";
import { operationPair } from "./pairs.ts";

// Compares the verdicts on random pairs of operations with what each says about messages of the other. Exit code 1: a
// verdict is too weak, or reports a difference although nothing differs.
const { numRuns, seed, strict } = soakArguments();
const counts = new Map<string, number>();
const wrong: string[] = [];
const stricter: string[] = [];
for (const pair of fc.sample(operationPair, { numRuns, seed })) {
  const { weak, strict: reason, changes, seen } = judgeOperations(pair);
  const kind = weak === undefined ? (reason === undefined ? "agrees" : `stricter: ${reason}`) : "too weak";
  counts.set(kind, (counts.get(kind) ?? 0) + 1);
  const said = changes.map(({ impact, text }) => `${impact}: ${text}`);
  const report = [weak ?? reason, differing(pair), JSON.stringify(seen), ...said].join("\n  ");
  if (weak !== undefined || reason === NOTHING_DIFFERS) wrong.push(report);
  else if (reason === UNSHOWN) stricter.push(report);
}
console.log(`Seed ${seed}.\n`);
for (const [kind, count] of [...counts].sort(([, one], [, other]) => other - one)) {
  console.log(`${kind}: ${count} (${((100 * count) / numRuns).toFixed(1)} %)`);
}
for (const report of [...wrong.slice(0, 10), ...stricter.slice(0, strict)]) {
  console.log(`\n${report}`);
}
/** What the edits have changed. */
function differing({ before, after, writing: [{ event }] }: OperationPair): string {
  const keys = Object.entries(before).flatMap(([key, value]) => {
    const now = Object.entries(after).find(([name]) => name === key)?.[1];
    const [old, fresh] = [JSON.stringify(value), JSON.stringify(now)];
    return old === fresh ? [] : [`${key}: ${old} → ${fresh}`];
  });
  return [...(event ? ["event"] : []), ...keys].join("\n  ");
}

process.exitCode = wrong.length > 0 ? 1 : 0;

// Writes down which check finds each fault, so that the tests only need to run this one:
// `pnpm --filter @dots-payouts/contract run faults:record`. Needed after a fault is new or a check has another ID.
import { writeFileSync } from "node:fs";
import { checkFault, isFoundBy } from "./check-fault.ts";
import { type FaultGroup, faultGroups } from "./fault-groups.ts";

/** The check that finds a fault even if it runs alone; undefined if only several together do. */
async function findCheck(
  { faults, groups, operations }: FaultGroup,
  words: string,
): Promise<string | undefined> {
  for (const operation of operations) {
    const report = await checkFault(
      words,
      faults()[words],
      groups.map((group) => `${operation}/${group}`),
    );
    for (const { id, status } of report.checks) {
      if (status === "failed" && (await isFoundBy(id, words, faults()[words]))) return id;
    }
  }
  return undefined;
}

const found: Record<string, Record<string, string>> = {};
for (const [name, group] of Object.entries(faultGroups)) {
  const own: Record<string, string> = {};
  for (const words of Object.keys(group.faults())) {
    const id = await findCheck(group, words);
    if (id === undefined) console.log(`no single check finds a server that ${words}`);
    else own[words] = id;
  }
  found[name] = own;
}
writeFileSync(new URL("found-by.json", import.meta.url), `${JSON.stringify(found, undefined, 2)}\n`);

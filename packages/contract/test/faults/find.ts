import { describe, expect, it } from "vitest";
import { checkFault, isFoundBy, isSilent } from "./check-fault.ts";
import { type FaultGroup, faultGroups } from "./fault-groups.ts";
import recorded from "./found-by.json" with { type: "json" };

/** The check that found each fault when `faults:record` last ran. */
const foundBy: Readonly<Record<string, Readonly<Record<string, string>>>> = recorded;

/** Runs one operation's checks after the other until the fault is found, but first the one that found it before. */
async function isFound(
  { faults, groups, operations }: FaultGroup,
  words: string,
  before: string | undefined,
): Promise<boolean> {
  if (before !== undefined && (await isFoundBy(before, words, faults()[words]))) return true;
  for (const operation of operations) {
    const only = groups.map((group) => `${operation}/${group}`);
    const { failed } = await checkFault(words, faults()[words], only);
    if (failed > 0) return true;
  }
  return false;
}

/** Expects that the checks find each fault of a group. That they find nothing in a correct server is tested elsewhere. */
export function describeFaults(name: keyof typeof faultGroups): void {
  const group: FaultGroup = faultGroups[name];
  describe(`the checks of the group ${group.groups.join(" and ")}`, () => {
    const find = async (words: string) => {
      expect(await isFound(group, words, foundBy[name]?.[words])).toBe(true);
    };
    const all = Object.keys(group.faults());
    it.each(all.filter((words) => !isSilent(words)))("find a server that %s", find);
    // Only time passes until these are found, so it passes for all of them at once.
    it.concurrent.each(all.filter(isSilent))("find a server that %s", find);
  });
}

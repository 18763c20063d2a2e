import { describe, expect, it } from "vitest";
import { runContract } from "../../src/index.ts";
import {
  type Behaviour,
  PASSWORD,
  SECOND_PASSWORD,
  SECOND_USERNAME,
  startReference,
  USERNAME,
} from "../reference/server.ts";
import type { Faults } from "./fault.ts";

/** Runs the checks of one group, or of all, against a server with a fault. */
async function findFault(behaviour: Behaviour, groups: readonly string[], words = "") {
  // A busy machine is slow too, and must not be what is found.
  const timeout = words.startsWith("hangs") || words.startsWith("stops") ? 1_000 : undefined;
  await using server = await startReference(behaviour);
  return await runContract({
    url: server.url,
    username: USERNAME,
    password: PASSWORD,
    seed: 1,
    secondUsername: SECOND_USERNAME,
    secondPassword: SECOND_PASSWORD,
    timeout,
    quick: !words.startsWith("forgets a key after"),
    keyAge: 700,
    bail: true,
    cleanUp: false,
    strict: true,
    only: groups.map((group) => `/${group}/`),
  });
}

/** Expects that the checks of these groups find each fault. */
export function describeFaults(groups: readonly string[], faults: Faults): void {
  describe(`the checks of the group ${groups.join(" and ")}`, () => {
    it("find nothing wrong with a server that keeps the spec", async () => {
      const report = await findFault({}, groups);
      expect(report.causes).toEqual([]);
    });

    it.each(Object.entries(faults))("find a server that %s", async (words, behaviour) => {
      const report = await findFault(behaviour, groups, words);
      expect(report.failed).toBeGreaterThan(0);
    });
  });
}

import { describe, expect, it } from "vitest";
import { runContract } from "../../src/index.ts";
import {
  type Behavior,
  PASSWORD,
  SECOND_PASSWORD,
  SECOND_USERNAME,
  startReference,
  USERNAME,
} from "../reference/server.ts";
import type { Faults } from "./fault.ts";

/** The operations with a body, starting with the one with the fewest checks: most faults are in all of them. */
const OPERATIONS = ["createPayoutRequest", "sendPayout", "createPayoutLink"];
/** The same for faults of keys, which the first operation does not have. */
const KEYED = ["sendPayout", "createPayoutLink", "createPayoutRequest"];

/** Runs the checks of some groups against a server with a fault, one operation after the other until it is found. */
async function isFound(
  behavior: Behavior,
  groups: readonly string[],
  operations: readonly string[],
  words: string,
): Promise<boolean> {
  for (const operation of operations) {
    const only = groups.map((group) => `${operation}/${group}`);
    const { failed } = await check(behavior, only, words);
    if (failed > 0) return true;
  }
  return false;
}

async function check(behavior: Behavior, only: readonly string[], words = "") {
  // A busy machine is slow too, and must not be mistaken for the fault.
  const timeout = words.startsWith("hangs") || words.startsWith("stops") ? 1_000 : undefined;
  await using server = await startReference(behavior);
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
    concurrency: 4,
    cleanUp: false,
    strict: true,
    only,
  });
}

/** Expects that the checks of these groups find each fault. */
export function describeFaults(
  groups: readonly string[],
  faults: Faults,
  operations: readonly string[] = groups.includes("idempotency") ? KEYED : OPERATIONS,
): void {
  describe(`the checks of the group ${groups.join(" and ")}`, () => {
    it("find nothing wrong with a server that keeps the spec", async () => {
      const only = groups.map((group) => `/${group}`);
      const report = await check({}, only);
      expect(report.causes).toEqual([]);
    });

    it.each(Object.entries(faults))("find a server that %s", async (words, behavior) => {
      expect(await isFound(behavior, groups, operations, words)).toBe(true);
    });
  });
}

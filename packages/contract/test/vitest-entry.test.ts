import { mkdtemp, rm, writeFile } from "node:fs/promises";
import { join } from "node:path";
import { isObject } from "@dots-payouts/openapi";
import { describe, expect, it } from "vitest";
import { startVitest } from "vitest/node";
import { type Behavior, PASSWORD, startReference, USERNAME } from "./reference/server.ts";

interface Found {
  readonly name: string;
  readonly state: string;
  readonly message: string;
}

/** The result of a test suite that only contains the contract. */
async function runTests(behavior: Behavior, only: string): Promise<Found[]> {
  await using server = await startReference(behavior);
  const folder = await mkdtemp(join(import.meta.dirname, "team-"));
  try {
    await writeFile(
      join(folder, "contract.team.ts"),
      `import { contract } from "@dots-payouts/contract/vitest";
contract(${JSON.stringify({ url: server.url, username: USERNAME, password: PASSWORD, only: [only], allowDeliveries: false })});`,
    );
    const vitest = await startVitest("test", [], {
      root: folder,
      include: ["*.team.ts"],
      watch: false,
      config: false,
      reporters: [{}],
    });
    const [module] = vitest.state.getTestModules();
    const tests = [...(module?.children.allTests() ?? [])].map((test) => {
      const result = test.result();
      return { name: test.fullName, state: result.state, message: result.errors?.[0]?.message ?? "" };
    });
    await vitest.close();
    return tests;
  } finally {
    // The tests of the inner run may fail without failing this test.
    process.exitCode = undefined;
    await rm(folder, { recursive: true });
  }
}

describe("contract() in a test suite", () => {
  it("registers a test for each promise, and removes what the tests created at the end", async () => {
    const [made, removed] = [new Set<unknown>(), new Set<unknown>()];
    const counting: Behavior = {
      make(resource) {
        made.add(resource["id"]);
        return resource;
      },
      found(found) {
        if (isObject(found.body) && found.body["status"] === "canceled") removed.add(found.body["id"]);
        return found;
      },
    };
    const tests = await runTests(counting, "createPayoutLink/idempotency/other-key");
    expect(tests.map(({ name, state }) => [name, state])).toEqual([
      ["createPayoutLink > creates a new resource for another key", "passed"],
    ]);
    expect(made.size).toBeGreaterThan(1);
    expect(removed).toEqual(made);
  });

  it("fails with the promise, its place, the answer and a command to repeat it", async () => {
    const tests = await runTests({ authorized: () => true }, "createPayoutRequest/authenticates/none");
    expect(tests.map(({ state }) => state)).toEqual(["failed"]);
    expect(tests[0]?.message).toMatch(
      /^wrong credentials are accepted: no credentials\npromised .*\nin spec .*\nsent .*\nanswer .*\nrepeat {4}curl .*\nseed {6}\d+$/,
    );
  });

  it("skips promises that can't be exercised", async () => {
    const tests = await runTests({}, "sendPayout/accepts/example");
    expect(tests.map(({ state }) => state)).toEqual(["skipped", "skipped"]);
  });
});

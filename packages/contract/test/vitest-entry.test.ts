import { mkdir, mkdtemp, rm, writeFile } from "node:fs/promises";
import { join } from "node:path";
import { isObject } from "@dots-payouts/openapi";
import { beforeAll, describe, expect, it } from "vitest";
import { startVitest } from "vitest/node";
import { type Behavior, PASSWORD, startReference, USERNAME } from "./reference/server.ts";

interface Found {
  readonly name: string;
  readonly state: string;
  readonly message: string;
}

/** Servers, and the checks that a team's test file of the same name runs against each. */
interface Team {
  readonly behavior: Behavior;
  readonly only: string;
}

/** The results of a test suite with one file per team, each of which only contains the contract. */
async function runTests(teams: Readonly<Record<string, Team>>): Promise<ReadonlyMap<string, Found[]>> {
  await using servers = new AsyncDisposableStack();
  // Inside the package, whose dependencies it imports, and where Git ignores it: other tasks look at all files meanwhile.
  const ignored = join(import.meta.dirname, "../.vitest");
  await mkdir(ignored, { recursive: true });
  const folder = await mkdtemp(join(ignored, "team-"));
  try {
    for (const [name, { behavior, only }] of Object.entries(teams)) {
      const { url } = servers.use(await startReference(behavior));
      await writeFile(
        join(folder, `${name}.team.ts`),
        `import { contract } from "@dots-payouts/contract/vitest";
contract(${JSON.stringify({ url, username: USERNAME, password: PASSWORD, only: [only], allowDeliveries: false })});`,
      );
    }
    const vitest = await startVitest("test", [], {
      root: folder,
      include: ["*.team.ts"],
      // One process for all files.
      isolate: false,
      fileParallelism: false,
      watch: false,
      config: false,
      reporters: [{}],
    });
    const results = vitest.state.getTestModules().map((module): [string, Found[]] => [
      module.relativeModuleId.replace(".team.ts", ""),
      [...module.children.allTests()].map((test) => {
        const result = test.result();
        return { name: test.fullName, state: result.state, message: result.errors?.[0]?.message ?? "" };
      }),
    ]);
    await vitest.close();
    return new Map(results);
  } finally {
    // The tests of the inner run may fail without failing this test.
    process.exitCode = undefined;
    await rm(folder, { recursive: true });
  }
}

describe("contract() in a test suite", () => {
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
  let results: ReadonlyMap<string, Found[]> = new Map();

  beforeAll(async () => {
    results = await runTests({
      correct: { behavior: counting, only: "createPayoutLink/idempotency/other-key" },
      open: { behavior: { authorized: () => true }, only: "createPayoutRequest/authenticates/none" },
      careful: { behavior: {}, only: "sendPayout/accepts/example" },
    });
  });

  it("registers a test for each promise, and removes what the tests created at the end", () => {
    expect(results.get("correct")?.map(({ name, state }) => [name, state])).toEqual([
      ["createPayoutLink > creates a new resource for another key", "passed"],
    ]);
    expect(made.size).toBeGreaterThan(1);
    expect(removed).toEqual(made);
  });

  it("fails with the promise, its place, the answer and a command to repeat it", () => {
    const tests = results.get("open");
    expect(tests?.map(({ state }) => state)).toEqual(["failed"]);
    expect(tests?.[0]?.message).toMatch(
      /^wrong credentials are accepted: no credentials\npromised .*\nin spec .*\nsent .*\nanswer .*\nrepeat {4}curl .*\nseed {6}\d+$/,
    );
  });

  it("skips promises that can't be exercised", () => {
    expect(results.get("careful")?.map(({ state }) => state)).toEqual(["skipped", "skipped"]);
  });
});

import { expect, it } from "vitest";
import { provider } from "./reference/provider.ts";
import { checkReference } from "./servers.ts";

it("a server that returns the provider's printed examples keeps all promises", async () => {
  const groups = ["accepts", "answers", "idempotency", "resources"];
  const report = await checkReference(provider, {
    only: groups.map((group) => `/${group}/`),
    // Half of the checks; the sweep runs all of them.
    shard: { index: 1, total: 2 },
  });
  expect(report.causes).toEqual([]);
  expect(report.assumptions).toEqual([]);
  expect(report.passed + report.differing).toBe(report.checks.length);
  expect(report.passed).toBeGreaterThan(200);
});

import { expect, it } from "vitest";
import { provider } from "./reference/provider.ts";
import { checkReference } from "./servers.ts";

it("a server that returns the provider's printed examples keeps all promises", async () => {
  const groups = ["accepts", "answers", "idempotency", "resources"];
  const report = await checkReference(provider, { only: groups.map((group) => `/${group}/`) });
  expect(report.causes).toEqual([]);
  expect(report.assumptions).toEqual([]);
  expect(report.passed + report.differing).toBe(report.checks.length);
  expect(report.passed).toBeGreaterThan(400);
});

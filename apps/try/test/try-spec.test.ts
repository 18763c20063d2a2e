import { fileURLToPath } from "node:url";
import { type Outcome, trySpec } from "@dots-payouts/try";
import { describe, expect, it } from "vitest";

async function results(name: string): Promise<Record<string, string>> {
  const file = fileURLToPath(new URL(`./specs/${name}.yaml`, import.meta.url));
  const outcomes: readonly Outcome[] = await trySpec(file, () => {});
  return Object.fromEntries(outcomes.map(({ step, result, detail }) => [step, `${result} ${detail}`.trim()]));
}

describe("trying another description", () => {
  it("makes everything of a plain one, also of OpenAPI 3.0", async () => {
    const found = await results("plain-3.0");
    expect(Object.values(found).filter((text) => !text.startsWith("works"))).toEqual([]);
    expect(found["contract suite"]).toMatch(/\d+ checks passed, 0 failed/);
  });

  it.each([
    ["forms", "refused dots-codegen: #/paths/~1forms/post: the client can send JSON only"],
    ["bearer", "refused dots-codegen: #/paths/~1me/get: the client can log in with HTTP Basic only"],
  ])(
    "refuses what the client can't do with the place and the reason, and goes on: %s",
    async (name, reason) => {
      const found = await results(name);
      expect(found).toMatchObject({ "types and methods": reason, client: "skipped needs types and methods" });
      for (const step of ["bundle", "lint", "mock", "docs"]) expect(found[step]).toMatch(/^works/);
    },
  );
});

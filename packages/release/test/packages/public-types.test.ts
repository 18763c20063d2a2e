import { join } from "node:path";
import { readReports, readUndocumented } from "@dots-payouts/release";
import { describe, expect, it } from "vitest";

const root = join(import.meta.dirname, "../../../..");

describe("the public types of each package", () => {
  it("are those in its report; if you changed them on purpose, update it: npx -y pnpm@12 types", async () => {
    const reports = await readReports(root);
    expect(reports.length).toBeGreaterThan(3);
    for (const { kept, due } of reports) expect(due).toBe(kept);
  });

  it("contain nothing that is generated from the API's description", async () => {
    const reports = await readReports(root);
    for (const { due } of reports) expect(due).not.toMatch(/payoutLinks|PayoutLink/);
  });

  it("are all documented", async () => {
    expect(await readUndocumented(root)).toEqual([]);
  });
});

import { join } from "node:path";
import { readReports, readUndocumented } from "@dots-payouts/release";
import { describe, expect, it } from "vitest";

const root = join(import.meta.dirname, "../../../..");

describe("the public types of each package", () => {
  it("are as its report says; if they are meant to be others, write it again: npx -y pnpm@12 types", async () => {
    const reports = await readReports(root);
    expect(reports.length).toBeGreaterThan(3);
    for (const { kept, due } of reports) expect(due).toBe(kept);
  });

  it("show nothing that is made from the API's description", async () => {
    const reports = await readReports(root);
    for (const { due } of reports) expect(due).not.toMatch(/payoutLinks|PayoutLink/);
  });

  it("say what each of them is for", async () => {
    expect(await readUndocumented(root)).toEqual([]);
  });
});

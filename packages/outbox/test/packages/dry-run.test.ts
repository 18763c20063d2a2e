import { existsSync, rmSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { expect, it } from "vitest";
import { scratchFolder } from "../api/scratch.ts";
import { inProcess } from "../command/command-line.ts";

const ROWS = "id,amount,payee.country_code,payee.phone_number\na-1,1000,1,2025550139\n";

it("tries a file with a mock, and stores nothing", async () => {
  const folder = scratchFolder("outbox-dry-run");
  try {
    writeFileSync(join(folder, "a.csv"), ROWS);
    const args = ["run", "a.csv", "--call", "payouts.send", "--store", "run.db", "--dry-run"];
    const { code, out } = await inProcess(folder, args);
    expect(out).toContain("This was a dry run");
    expect(code).toBe(0);
    expect(existsSync(join(folder, "run.db"))).toBe(false);
  } finally {
    rmSync(folder, { recursive: true, force: true });
  }
});

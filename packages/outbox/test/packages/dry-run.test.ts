import { execFile } from "node:child_process";
import { existsSync, rmSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import { promisify } from "node:util";
import { expect, it } from "vitest";
import { scratchFolder } from "../api/scratch.ts";

const bin = fileURLToPath(new URL("../../bin/dots-outbox.js", import.meta.url));
const ROWS = "id,amount,payee.country_code,payee.phone_number\na-1,1000,1,2025550139\n";

it("tries a file with a mock, and stores nothing", async () => {
  const folder = scratchFolder("outbox-dry-run");
  try {
    writeFileSync(join(folder, "a.csv"), ROWS);
    const args = ["run", "a.csv", "--call", "payouts.send", "--store", "run.db", "--dry-run"];
    const env = { ...process.env, DOTS_CLIENT_ID: "client", DOTS_API_KEY: "key" };
    const { stdout } = await promisify(execFile)(process.execPath, [bin, ...args], { cwd: folder, env });
    expect(stdout).toContain("This was a dry run");
    expect(existsSync(join(folder, "run.db"))).toBe(false);
  } finally {
    rmSync(folder, { recursive: true, force: true });
  }
});

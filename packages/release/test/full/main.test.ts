import { spawnSync } from "node:child_process";
import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { expect, it, onTestFinished } from "vitest";

const main = join(import.meta.dirname, "../../src/main.ts");

// `pnpm test` runs the program too, with a description that passes.
it("prints errors in one line, without a stack trace", () => {
  const folder = mkdtempSync(join(tmpdir(), "main-"));
  onTestFinished(() => rmSync(folder, { recursive: true }));
  const { status, stdout, stderr } = spawnSync(process.execPath, [main, "check"], {
    cwd: folder,
    encoding: "utf8",
  });
  expect({ status, stdout }).toEqual({ status: 2, stdout: "" });
  expect(stderr).toMatch(
    /^There is no \.changeset\/config\.json in .+\. Run this in the root of the repository\.\n$/,
  );
});

import { temporaryFolder } from "@dots-payouts/workspace";
import { defineConfig } from "vitest/config";

export default defineConfig({
  test: {
    include: ["test/**/*.test.ts"],
    // Releases are made on Linux. What Windows does with the packages is tried by the workflow's job `use`.
    exclude: process.platform === "win32" ? ["test/packages/registry/**"] : [],
    // Most tests here run commands, and some of those install packages.
    testTimeout: 120_000,
    hookTimeout: 120_000,
    env: { TMPDIR: temporaryFolder() },
  },
});

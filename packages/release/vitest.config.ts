import { temporaryFolder } from "@dots-payouts/workspace";
import { defineConfig } from "vitest/config";

export default defineConfig({
  test: {
    include: ["test/**/*.test.ts"],
    // No test changes what others see, and to load the tools of a release takes a third of the time.
    isolate: false,
    // Releases are made on Linux. What Windows does with the packages is tried by the workflow's job `use`.
    exclude: process.platform === "win32" ? ["test/packages/registry/**"] : [],
    // Most tests here run commands, and some of those install packages.
    testTimeout: 120_000,
    hookTimeout: 120_000,
    env: { TMPDIR: temporaryFolder() },
  },
});

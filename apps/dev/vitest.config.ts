import { temporaryFolder } from "@dots-payouts/workspace";
import { defineConfig } from "vitest/config";

export default defineConfig({
  test: {
    include: ["test/**/*.test.ts"],
    // Run by `pnpm test:full`.
    exclude: ["test/full/**"],
    // Each file of tests has its own folders and processes.
    isolate: false,
    testTimeout: 30_000,
    hookTimeout: 60_000,
    env: { TMPDIR: temporaryFolder() },
  },
});

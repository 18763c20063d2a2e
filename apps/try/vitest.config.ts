import { temporaryFolder } from "@dots-payouts/workspace";
import { defineConfig } from "vitest/config";

export default defineConfig({
  test: { include: ["test/**/*.test.ts"], testTimeout: 300_000, env: { TMPDIR: temporaryFolder() } },
});

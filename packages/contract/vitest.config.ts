import { defineConfig } from "vitest/config";

export default defineConfig({
  // Each file would compile the spec's schemas again in its own worker, which took a third of the time.
  test: { isolate: false, include: ["test/**/*.test.ts"], testTimeout: 30_000, hookTimeout: 60_000 },
});

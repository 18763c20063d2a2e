import { defineConfig } from "vitest/config";

export default defineConfig({
  // No test changes what others see, and each worker would load the linter again.
  test: {
    isolate: false,
    maxWorkers: 1,
    include: ["test/**/*.test.ts"],
    testTimeout: 30_000,
    hookTimeout: 60_000,
  },
});

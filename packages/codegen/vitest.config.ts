import { defineConfig } from "vitest/config";

export default defineConfig({
  // No test changes what others see, and to load the package takes longer than most tests.
  test: { isolate: false, include: ["test/**/*.test.ts"], testTimeout: 30_000, hookTimeout: 60_000 },
});

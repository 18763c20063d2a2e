import { defineConfig } from "vitest/config";

export default defineConfig({
  test: {
    include: ["test/**/*.test.ts"],
    testTimeout: 30_000,
    hookTimeout: 60_000,
    // Most of a faulty call is waiting.
    maxConcurrency: 100,
    isolate: false,
    provide: { randomCalls: 1_500, keySequences: 300, recipePayees: 20 },
  },
});

import { defineConfig } from "vitest/config";

/** The random tests many times over, and the recipe with many people. */
export default defineConfig({
  test: {
    include: ["test/faults/{random,key-sequences}.test.ts", "test/recipe/*.test.ts"],
    testTimeout: 600_000,
    provide: { randomCalls: 10_000, keySequences: 10_000, recipePayees: 200 },
  },
});

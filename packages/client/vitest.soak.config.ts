import { defineConfig } from "vitest/config";

/** The random tests many times over, each fault with each operation by each transport, and the recipe with many people. */
export default defineConfig({
  test: {
    include: ["test/faults/{random,key-sequences,table}.test.ts", "test/recipe/*.test.ts"],
    testTimeout: 600_000,
    maxConcurrency: 100,
    provide: { randomCalls: 10_000, keySequences: 10_000, recipePayees: 200, everySubject: true },
  },
});

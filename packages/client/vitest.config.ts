import { defineConfig } from "vitest/config";

const fetches = "test/fetches/*.test.ts";

export default defineConfig({
  test: {
    testTimeout: 30_000,
    hookTimeout: 60_000,
    // Most of a faulty call is waiting.
    maxConcurrency: 100,
    provide: { randomCalls: 1_500, keySequences: 300, recipePayees: 20 },
    projects: [
      {
        extends: true,
        test: { name: "client", include: ["test/**/*.test.ts"], exclude: [fetches], isolate: false },
      },
      // What these replace is not always given back whole.
      { extends: true, test: { name: "fetches", include: [fetches], isolate: true } },
    ],
  },
});

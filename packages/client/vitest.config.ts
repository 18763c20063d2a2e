import { defineConfig } from "vitest/config";

const fetches = "test/fetches/*.test.ts";
// These need what other packages have built.
const packages = "test/packages/*.test.ts";

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
        test: {
          name: "client",
          include: ["test/**/*.test.ts"],
          exclude: [fetches, packages],
          isolate: false,
        },
      },
      // What these replace is not always given back whole.
      { extends: true, test: { name: "fetches", include: [fetches], isolate: true } },
      { extends: true, test: { name: "packages", include: [packages], isolate: false } },
    ],
  },
});

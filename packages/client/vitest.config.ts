import { defineConfig } from "vitest/config";

const fetches = "test/fetches/*.test.ts";
// These want the runtime's fetch and dispatchers as a program finds them at its start.
const untouched = "test/fetches/{opentelemetry,sends-once,undici-versions}.test.ts";
// These need what other packages have built.
const packages = "test/packages/*.test.ts";

export default defineConfig({
  test: {
    testTimeout: 30_000,
    hookTimeout: 60_000,
    // Most of a faulty call is waiting.
    maxConcurrency: 100,
    // Each worker loads the client again, and most of its work is short.
    maxWorkers: 1,
    // `vitest.soak.config.ts` has more of each.
    provide: { randomCalls: 500, keySequences: 150, recipePayees: 10, everySubject: false },
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
      { extends: true, test: { name: "fetches", include: [fetches], exclude: [untouched], isolate: false } },
      // A new thread for each takes less time than a new process.
      { extends: true, test: { name: "untouched", include: [untouched], isolate: true, pool: "threads" } },
      { extends: true, test: { name: "packages", include: [packages], isolate: false } },
    ],
  },
});

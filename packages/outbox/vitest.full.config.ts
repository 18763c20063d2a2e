import { defineConfig } from "vitest/config";
import config from "./vitest.config.ts";

/** Removes every guard of the code, and expects that its scenario then fails. Runs all scenarios in PostgreSQL too. */
export default defineConfig({
  ...config,
  test: {
    ...config.test,
    include: ["test/guards.test.ts", "test/postgres/guards.test.ts", "test/mixed-up-answers.test.ts"],
    // Says what it covers.
    reporters: ["verbose"],
    testTimeout: 120_000,
    provide: { isFull: true },
  },
});

import { defineConfig } from "vitest/config";
import config from "./vitest.config.ts";

/** Removes every guard of the code, and expects that its scenario then fails. */
export default defineConfig({
  ...config,
  test: {
    ...config.test,
    include: ["test/guards.test.ts", "test/postgres/guards.test.ts"],
    // Says what it covers.
    reporters: ["verbose"],
    testTimeout: 120_000,
    provide: { everyGuard: true },
  },
});

import { defineConfig } from "vitest/config";
import config from "./vitest.config.ts";

/** All steps on each of the small descriptions; what each parameter sends, and which types 3.0 gets. */
export default defineConfig({
  ...config,
  test: {
    ...config.test,
    include: ["test/full/*.test.ts"],
    exclude: [],
    // Says what it covers.
    reporters: ["verbose"],
  },
});

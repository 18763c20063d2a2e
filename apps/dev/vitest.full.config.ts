import { defineConfig } from "vitest/config";
import config from "./vitest.config.ts";

/** A build from nothing, shared by two clones; edits that change one page or remove one; an edit the mock can't use. */
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

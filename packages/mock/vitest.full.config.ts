import { defineConfig } from "vitest/config";
import config from "./vitest.config.ts";

/** The random tests many times over. */
export default defineConfig({
  ...config,
  test: {
    ...config.test,
    include: ["test/{fuzz,prism/prism,store/sqlite,store/postgres}.test.ts"],
    // Says what it covers.
    reporters: ["verbose"],
    testTimeout: 300_000,
    provide: { anyRequests: 10_000, anyBytes: 1_000, comparedRequests: 3_000, kills: 20, openers: 8 },
  },
});

import { defineConfig } from "vitest/config";
import config from "./vitest.config.ts";

/**
 * A release in a real registry, with npm, npx and a bill of materials; more random pairs; each part of the description
 * removed.
 */
export default defineConfig({
  ...config,
  test: {
    ...config.test,
    include: ["test/full/*.test.ts", "test/compare/{random,sweep}.test.ts"],
    exclude: [],
    // Says what it covers.
    reporters: ["verbose"],
    provide: { schemaPairs: 300, operationPairs: 600, sweepEvery: 1 },
  },
});

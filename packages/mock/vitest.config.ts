import { fileURLToPath } from "node:url";
import { defineConfig } from "vitest/config";

const engine = fileURLToPath(new URL("dist/prism-engine.cjs", import.meta.url));

export default defineConfig({
  // The Prism that is published is the one to test.
  resolve: { alias: [{ find: /^\.\/prism-engine\.ts$/, replacement: engine }] },
  test: {
    // Files share what costs most: loading the mock, and Prism.
    isolate: false,
    include: ["{test,examples}/**/*.test.ts"],
    testTimeout: 30_000,
    hookTimeout: 60_000,
    // A busy machine may take longer than the second that is the default.
    expect: { poll: { timeout: 10_000 } },
    provide: { anyRequests: 200, anyBytes: 50, comparedRequests: 100, kills: 1, openers: 2 },
  },
});

declare module "vitest" {
  /** How often the random tests do what they do. */
  export interface ProvidedContext {
    anyRequests: number;
    anyBytes: number;
    comparedRequests: number;
    kills: number;
    openers: number;
  }
}

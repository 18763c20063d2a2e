import { defineConfig } from "vitest/config";

export default defineConfig({
  test: {
    include: ["test/**/*.test.ts"],
    testTimeout: 30_000,
    hookTimeout: 60_000,
    // These tests mostly wait, for processes and for databases.
    maxWorkers: 3,
    // Each file would load the client and the spec again.
    isolate: false,
    // A busy machine may take longer than the second that is the default.
    expect: { poll: { timeout: 10_000 } },
  },
});

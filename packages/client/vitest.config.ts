import { defineConfig } from "vitest/config";

export default defineConfig({
  test: {
    include: ["test/**/*.test.ts"],
    // Most of a faulty call is waiting.
    maxConcurrency: 100,
  },
});

import { defineConfig } from "vitest/config";

export default defineConfig({
  // Both files load the mock, which takes longer than their tests.
  test: { include: ["test/*.test.ts"], testTimeout: 30_000, isolate: false, maxWorkers: 1 },
});

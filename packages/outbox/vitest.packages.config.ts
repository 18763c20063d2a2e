import { defineConfig } from "vitest/config";

/** The outbox with the built mock. */
export default defineConfig({
  test: { include: ["test/packages/*.test.ts"], testTimeout: 30_000, isolate: false, maxWorkers: 1 },
});

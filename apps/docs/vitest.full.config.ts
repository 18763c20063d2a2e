import { defineConfig } from "vitest/config";

/** Every page in full, on a desktop and on a phone. */
export default defineConfig({
  test: {
    include: ["test/pages.test.ts"],
    testTimeout: 120_000,
    hookTimeout: 60_000,
    provide: { everyPage: true },
  },
});

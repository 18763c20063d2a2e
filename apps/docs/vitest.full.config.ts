import { defineConfig } from "vitest/config";

/**
 * Every page in full, on a desktop and on a phone, Redoc too; more pages by keyboard alone; each example in the
 * console; each command of the guide about many payouts; and samples in languages that take long to compile.
 */
export default defineConfig({
  test: {
    include: ["test/{pages,phone,reading,reference}.test.ts", "test/packages/{guides,samples,try}.test.ts"],
    // Says what it covers.
    reporters: ["verbose"],
    testTimeout: 120_000,
    hookTimeout: 60_000,
    provide: { full: true },
  },
});

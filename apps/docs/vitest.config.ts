import { defineConfig } from "vitest/config";

export default defineConfig({
  test: {
    include: ["test/**/*.test.ts"],
    testTimeout: 60_000,
    hookTimeout: 60_000,
    isolate: false,
    provide: { full: false },
  },
});

declare module "vitest" {
  export interface ProvidedContext {
    /** Whether all is looked at, and not a sample. */
    full: boolean;
  }
}

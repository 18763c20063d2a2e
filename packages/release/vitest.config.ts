import { temporaryFolder } from "@dots-payouts/workspace";
import { defineConfig } from "vitest/config";

export default defineConfig({
  test: {
    include: ["test/**/*.test.ts"],
    // No test changes what others see, and to load the tools of a release takes a third of the time.
    isolate: false,
    // The latter are run by `pnpm test:full`. Releases are made on Linux: what Windows does with the packages is tried by
    // the workflow's job `use`.
    exclude: [...(process.platform === "win32" ? ["test/packages/registry/**"] : []), "test/full/**"],
    // Most tests here run commands, and some of those install packages.
    testTimeout: 120_000,
    hookTimeout: 120_000,
    env: { TMPDIR: temporaryFolder() },
    provide: { schemaPairs: 15, operationPairs: 30, sweepEvery: 59 },
  },
});

declare module "vitest" {
  export interface ProvidedContext {
    /** How many random pairs of schemas are judged. */
    schemaPairs: number;
    /** How many random pairs of operations are judged. */
    operationPairs: number;
    /** One in so many parts of the description is removed. */
    sweepEvery: number;
  }
}

import type { Cluster } from "@dots-payouts/postgres-server";
import { defineConfig } from "vitest/config";

export default defineConfig({
  test: {
    include: ["test/**/*.test.ts"],
    // These need what other packages have built.
    exclude: ["test/packages/**"],
    globalSetup: "test/postgres/start-shared.ts",
    testTimeout: 30_000,
    hookTimeout: 60_000,
    // Each loads the client and the spec. These tests mostly wait, for processes and for databases.
    maxWorkers: 2,
    isolate: false,
    // Waiting tests run at the same time.
    maxConcurrency: 30,
    // A busy machine may take longer than the second that is the default.
    expect: { poll: { timeout: 10_000 } },
    provide: { isFull: false },
  },
});

declare module "vitest" {
  export interface ProvidedContext {
    /** Whether each guard is also removed, and what is sampled for PostgreSQL runs in full. */
    isFull: boolean;
    /** The database server that the tests share, and what it was started from. */
    postgres: { readonly port: number; readonly cluster: Cluster };
  }
}

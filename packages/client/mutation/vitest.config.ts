import { defineConfig } from "vitest/config";

// The tests that are quick enough to be run for each mutant.
export default defineConfig({
  test: {
    include: [
      "test/{attempt,connection,credentials,errors,hooks,idempotency,methods,outcome,refusal,retry,send,strangers,time,timing,validation}.test.ts",
    ],
  },
});

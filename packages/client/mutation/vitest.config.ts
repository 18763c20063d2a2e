import { defineConfig } from "vitest/config";

// The tests that are quick enough to be run for each mutant.
export default defineConfig({
  test: {
    include: [
      "test/{answers,attempt,credentials,errors,hooks,idempotency,key-history,key-lifetime,methods,transport,outcome,refusal,request-bytes,retry,send,strangers,time,timing,transport,validation}.test.ts",
    ],
  },
});

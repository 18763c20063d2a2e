import { defineConfig } from "vitest/config";

// The tests that are quick enough to be run for each mutant.
export default defineConfig({
  test: {
    include: [
      "test/{account,answers,attempt,credentials,errors,hooks,http-failures,http-look-alikes,http-methods,idempotency,key-history,key-lifetime,methods,mistyped-options,outcome,refusal,request-bytes,retry,send,strangers,time,timing,transport,validation}.test.ts",
    ],
  },
});

import { defineConfig } from "vitest/config";

// The tests that are quick enough to be run for each mutant.
export default defineConfig({
  test: {
    include: ["test/{call,errors,http,options,settings,transport,validation}/*.test.ts"],
  },
});

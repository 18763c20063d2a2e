import { defineConfig } from "tsdown";

export default defineConfig({
  entry: ["src/index.ts", "src/cli.ts"],
  format: "esm",
  platform: "node",
  target: "node22",
  // What is unchanged keeps its name, and no file of an earlier build is left beside it.
  hash: false,
  dts: { oxc: { stripInternal: true } },
  // Whatever else is not installed with the package would be bundled without its license.
  deps: { onlyBundle: [] },
});

import { defineConfig } from "tsdown";

export default defineConfig({
  entry: ["src/index.ts", "src/cli.ts"],
  format: "esm",
  platform: "node",
  target: "node22",
  // Unchanged files keep their names, and files of earlier builds are removed.
  hash: false,
  dts: { oxc: { stripInternal: true } },
  // Any other dependency that is not installed with the package would be bundled without its license.
  deps: { onlyBundle: [] },
});

import { defineConfig } from "tsdown";

export default defineConfig({
  entry: ["src/index.ts", "src/cli.ts", "src/vitest.ts"],
  format: "esm",
  platform: "node",
  target: "node22",
  dts: { oxc: true },
});

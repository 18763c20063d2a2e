import { defineConfig } from "tsdown";

export default defineConfig({
  entry: ["src/index.ts", "src/cli.ts", "src/msw.ts"],
  format: "esm",
  dts: { oxc: true },
  platform: "node",
  target: "node22",
});

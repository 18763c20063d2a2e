import { defineConfig } from "tsdown";

export default defineConfig({
  entry: { index: "src/index.ts", undici: "src/undici/index.ts", validation: "src/validation/index.ts" },
  format: ["esm", "cjs"],
  platform: "neutral",
  fixedExtension: true,
  target: "es2022",
  dts: { oxc: true },
});

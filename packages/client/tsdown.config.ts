import { fileURLToPath } from "node:url";
import { defineConfig } from "tsdown";
import { declarations } from "./build/declarations.ts";
import { ownFile } from "./build/own-file.ts";
import { validatorsAsTheyAre } from "./build/validators-as-they-are.ts";

const source = fileURLToPath(new URL("src", import.meta.url));

export default defineConfig({
  entry: {
    index: "src/index.ts",
    functions: "src/functions/index.ts",
    undici: "src/undici/index.ts",
    validation: "src/validation/index.ts",
    webhooks: "src/webhooks/index.ts",
    // package.json says which of the two a bundle gets.
    transport: "src/transport/transport.ts",
    "transport-browser": "src/transport/transport-browser.ts",
  },
  format: ["esm", "cjs"],
  platform: "neutral",
  fixedExtension: true,
  // What is unchanged keeps its name.
  hash: false,
  target: "es2022",
  dts: false,
  report: false,
  minify: { compress: true, mangle: false, codegen: { removeWhitespace: false } },
  inputOptions: (options, format) => ({
    ...options,
    plugins: [
      validatorsAsTheyAre(format === "cjs" ? "cjs" : "mjs"),
      ownFile("transport"),
      options.plugins,
      format === "cjs" ? [] : declarations(source),
    ],
  }),
});

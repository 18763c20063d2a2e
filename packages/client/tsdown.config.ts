import { readFileSync } from "node:fs";
import { defineConfig, type Rolldown } from "tsdown";

/**
 * The generated validators import nothing, and of a large description they are megabytes: they go out as they are,
 * beside the rest, for a bundler would spend more time on them than on everything else.
 */
function validatorsAsTheyAre(extension: "mjs" | "cjs"): Rolldown.Plugin {
  const file = `validators.${extension}`;
  return {
    name: "validators-as-they-are",
    resolveId: (source, importer) =>
      source.endsWith("/generated/validators.js") && !/\.d\.[cm]?ts$/.test(importer ?? "")
        ? { id: `./${file}`, external: true }
        : null,
    generateBundle() {
      const source = readFileSync(new URL("src/generated/validators.js", import.meta.url), "utf8");
      this.emitFile({
        type: "asset",
        fileName: file,
        source: extension === "mjs" ? source : source.replaceAll(/^export const (\w+) =/gm, "exports.$1 ="),
      });
    },
  };
}

export default defineConfig({
  entry: { index: "src/index.ts", validation: "src/validation/index.ts" },
  format: ["esm", "cjs"],
  platform: "neutral",
  fixedExtension: true,
  target: "es2022",
  dts: { oxc: true },
  inputOptions: (options, format) => ({
    ...options,
    plugins: [validatorsAsTheyAre(format === "cjs" ? "cjs" : "mjs"), options.plugins],
  }),
});

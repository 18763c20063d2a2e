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

/** Declarations are the same for both formats but for what they import, and making them is most of the build. */
const declarationsForRequire: Rolldown.Plugin = {
  name: "declarations-for-require",
  generateBundle: {
    order: "post",
    handler(_options, files) {
      for (const file of Object.values(files)) {
        if (file.type !== "chunk" || !file.fileName.endsWith(".d.mts")) continue;
        this.emitFile({
          type: "asset",
          fileName: file.fileName.replace(/mts$/, "cts"),
          source: file.code.replaceAll(/(from "\.\/[^"]+\.)mjs"/g, '$1cjs"'),
        });
      }
    },
  },
};

export default defineConfig({
  entry: {
    index: "src/index.ts",
    functions: "src/functions/index.ts",
    undici: "src/undici/index.ts",
    validation: "src/validation/index.ts",
  },
  format: { esm: {}, cjs: { dts: false } },
  platform: "neutral",
  fixedExtension: true,
  // What is unchanged keeps its name.
  hash: false,
  target: "es2022",
  dts: { oxc: true },
  inputOptions: (options, format) => ({
    ...options,
    plugins: [
      validatorsAsTheyAre(format === "cjs" ? "cjs" : "mjs"),
      options.plugins,
      format === "cjs" ? [] : declarationsForRequire,
    ],
  }),
});

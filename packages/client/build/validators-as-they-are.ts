import { readFileSync } from "node:fs";
import type { Rolldown } from "tsdown";

/**
 * The generated validators import nothing, and of a large description they are megabytes: they go out as they are,
 * beside the rest, for a bundler would spend more time on them than on everything else.
 */
export function validatorsAsTheyAre(extension: "mjs" | "cjs"): Rolldown.Plugin {
  const fileName = `validators.${extension}`;
  return {
    name: "validators-as-they-are",
    resolveId: (source) =>
      source.endsWith("/generated/validators.js") ? { id: `./${fileName}`, external: true } : null,
    generateBundle() {
      const source = readFileSync(new URL("../src/generated/validators.js", import.meta.url), "utf8");
      this.emitFile({
        type: "asset",
        fileName,
        source: extension === "mjs" ? source : source.replaceAll(/^export const (\w+) =/gm, "exports.$1 ="),
      });
    },
  };
}

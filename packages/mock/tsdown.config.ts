import { defineConfig, type Rolldown, type UserConfig } from "tsdown";
import { prismParts } from "./build/prism-parts.ts";
import { thirdParty } from "./build/third-party.ts";

// Unchanged files keep their names, and files of earlier builds are removed.
const shared = { format: "esm", platform: "node", target: "node22", hash: false } satisfies UserConfig;
/** Prism is bundled once, in the form that both kinds of callers can load. */
const ENGINE = "./prism-engine.cjs";
const NAMES = ["ProblemJsonError", "createInstance", "createLogger", "getHttpOperationsFromSpec"];

const doors = {
  ...shared,
  dts: { oxc: { stripInternal: true } },
  // Any other dependency that is not installed with the package would be bundled without its license.
  deps: { onlyBundle: [] },
  plugins: [prismEngine()],
} satisfies UserConfig;

/**
 * Imports the engine's bundle instead of its source. ES modules import it as a whole: Node 22 does not find the names
 * of exports in minified code.
 */
function prismEngine(): Rolldown.Plugin {
  const whole = "prism-names.js";
  return {
    name: "prism-engine",
    resolveId: (source) => {
      if (source === ENGINE) return { id: ENGINE, external: true };
      return source.endsWith("/prism-engine.ts") ? whole : undefined;
    },
    load: (id) =>
      id === whole
        ? `import engine from "${ENGINE}";\nexport const { ${NAMES.join(", ")} } = engine;`
        : undefined,
  };
}

export default defineConfig([
  { ...doors, entry: ["src/index.ts", "src/cli.ts", "src/msw.ts"] },
  {
    ...doors,
    // Jest loads packages with `require`, which does not work with ES modules.
    format: "cjs",
    // MSW only has ES modules.
    entry: ["src/index.ts"],
    clean: false,
    outputOptions: { dynamicImportInCjs: false },
  },
  {
    ...shared,
    format: "cjs",
    entry: ["src/prism/prism-engine.ts"],
    clean: false,
    dts: false,
    deps: { onlyBundle: false },
    // Names are kept, because some are read at run time.
    minify: { compress: true, mangle: false, codegen: true },
    plugins: [
      prismParts(),
      thirdParty(
        "prism-engine.cjs holds Prism and the packages that it uses, bundled and minified. What only Postman collections\n" +
          "need, and all languages of Faker but English, are left out. These are their licenses.",
      ),
    ],
  },
]);

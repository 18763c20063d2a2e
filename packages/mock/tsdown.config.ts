import { defineConfig, type Rolldown, type UserConfig } from "tsdown";
import { prismParts } from "./build/prism-parts.ts";
import { thirdParty } from "./build/third-party.ts";

// What is unchanged keeps its name, and no file of an earlier build is left beside it.
const shared = { format: "esm", platform: "node", target: "node22", hash: false } satisfies UserConfig;
/** Prism is bundled once, in the form that both kinds of callers can load. */
const ENGINE = "./prism-engine.cjs";
const NAMES = ["ProblemJsonError", "createInstance", "createLogger", "getHttpOperationsFromSpec"];

const doors = {
  ...shared,
  dts: { oxc: { stripInternal: true } },
  // Whatever else is not installed with the package would be bundled without its license.
  deps: { onlyBundle: [] },
  plugins: [prismEngine()],
} satisfies UserConfig;

/**
 * Leads to the engine instead of its source. ES modules take it as a whole: Node 22 does not find the names that are
 * exported in minified code.
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
    // Jest loads packages by `require`, and cannot do so with ES modules.
    format: "cjs",
    // MSW is made of ES modules alone.
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
    // Names are kept: some are looked at when the code runs.
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

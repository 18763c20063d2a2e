import { defineConfig, type UserConfig } from "tsdown";
import { prismParts } from "./build/prism-parts.ts";
import { thirdParty } from "./build/third-party.ts";

// What is unchanged keeps its name, and no file of an earlier build is left beside it.
const shared = { format: "esm", platform: "node", target: "node22", hash: false } satisfies UserConfig;
const ENGINE = "./prism-engine.mjs";

export default defineConfig([
  {
    ...shared,
    entry: ["src/index.ts", "src/cli.ts", "src/msw.ts"],
    dts: { oxc: true },
    // Whatever else is not installed with the package would be bundled without its licence.
    deps: { onlyBundle: [] },
    plugins: [
      {
        name: "prism-engine",
        resolveId: (source) =>
          source.endsWith("/prism-engine.ts") ? { id: ENGINE, external: true } : undefined,
      },
    ],
  },
  {
    ...shared,
    entry: ["src/prism/prism-engine.ts"],
    clean: false,
    dts: false,
    deps: { onlyBundle: false },
    // Names are kept: some are looked at when the code runs.
    minify: { compress: true, mangle: false, codegen: true },
    plugins: [
      prismParts(),
      thirdParty(
        "prism-engine.mjs holds Prism and the packages that it uses, bundled and minified. What only Postman collections\n" +
          "need, and all languages of Faker but English, are left out. These are their licences.",
      ),
    ],
  },
]);

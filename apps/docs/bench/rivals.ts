import { cpSync, mkdirSync, writeFileSync } from "node:fs";
import { createRequire } from "node:module";
import { dirname, join } from "node:path";
import { fetchPackage } from "./fetch-package.ts";

/** Another renderer of the same document: the files that it needs from its package, and its page. */
export interface Rival {
  readonly name: string;
  /** The npm package with the compared version; absent if this repository has it. */
  readonly package?: string;
  /** The location of its files, by the names in the page. */
  readonly files: Readonly<Record<string, string>>;
  readonly page: string;
}

const HEAD =
  '<!doctype html><html lang="en"><head><meta charset="utf-8"><meta name="viewport" content="width=device-width, initial-scale=1"><title>Reference</title>';

export const RIVALS: readonly Rival[] = [
  {
    name: "Redoc",
    files: { "redoc.js": redocBundle() },
    page: `${HEAD}</head><body><div id="redoc"></div><script type="module">import { init } from "./redoc.js"; init("openapi.json", { disableTelemetry: true }, document.getElementById("redoc"));</script></body></html>`,
  },
  {
    name: "Scalar",
    package: "@scalar/api-reference@1.72.1",
    files: { "standalone.js": "dist/browser/standalone.js" },
    page: `${HEAD}</head><body><script id="api-reference" data-url="openapi.json"></script><script src="standalone.js"></script></body></html>`,
  },
  {
    name: "Stoplight Elements",
    package: "@stoplight/elements@9.0.25",
    files: { "elements.js": "web-components.min.js", "elements.css": "styles.min.css" },
    page: `${HEAD}<link rel="stylesheet" href="elements.css"><script src="elements.js"></script></head><body><elements-api apiDescriptionUrl="openapi.json" router="hash" layout="sidebar"></elements-api></body></html>`,
  },
];

/** Creates a folder with a rival's page and everything that it loads, for the published document. */
export function prepareRival(rival: Rival, document: string, into: string): string {
  const folder = join(into, rival.name.replace(/\W+/g, "-"));
  const from = rival.package === undefined ? "/" : fetchPackage(rival.package);
  mkdirSync(folder, { recursive: true });
  for (const [name, path] of Object.entries(rival.files)) cpSync(join(from, path), join(folder, name));
  writeFileSync(join(folder, "openapi.json"), document);
  writeFileSync(join(folder, "index.html"), rival.page);
  return folder;
}

/** The unmodified Redoc, without this site's changes. */
function redocBundle(): string {
  const require = createRequire(import.meta.url);
  return join(dirname(require.resolve("@redocly/cli/package.json")), "lib/chunks/redoc.standalone.js");
}

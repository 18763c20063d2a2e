import { execFileSync } from "node:child_process";
import { cpSync, existsSync, mkdirSync, mkdtempSync, renameSync, rmSync, writeFileSync } from "node:fs";
import { dirname, join } from "node:path";
import { fileURLToPath } from "node:url";

/** Another renderer of the same document: what it needs from its package, and its page. */
export interface Rival {
  readonly name: string;
  /** As npm knows it, with the version that was compared. */
  readonly package: string;
  readonly files: Readonly<Record<string, string>>;
  readonly page: string;
}

const CACHE = fileURLToPath(new URL("../node_modules/.cache/rivals/", import.meta.url));
const HEAD = '<!doctype html><html lang="en"><head><meta charset="utf-8"><title>Reference</title>';

export const RIVALS: readonly Rival[] = [
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

/**
 * Makes a folder with a rival's page and all that it loads. Its package is fetched once, by npm; it is no dependency of
 * this repository, as its tree is large and nothing else needs it.
 */
export function prepareRival(rival: Rival, document: string): string {
  const folder = join(CACHE, rival.package.replace(/\W+/g, "-"));
  if (!existsSync(folder)) fetchPackage(rival, folder);
  writeFileSync(join(folder, "openapi.json"), document);
  writeFileSync(join(folder, "index.html"), rival.page);
  return folder;
}

function fetchPackage(rival: Rival, folder: string): void {
  mkdirSync(CACHE, { recursive: true });
  const work = mkdtempSync(join(CACHE, ".fetching-"));
  try {
    const [packed] = JSON.parse(
      execFileSync("npm", ["pack", rival.package, "--json", "--pack-destination", work], {
        encoding: "utf8",
      }),
    );
    execFileSync("tar", ["-xf", join(work, packed.filename), "-C", work]);
    const ready = join(work, "ready");
    for (const [name, path] of Object.entries(rival.files)) {
      mkdirSync(dirname(join(ready, name)), { recursive: true });
      cpSync(join(work, "package", path), join(ready, name));
    }
    renameSync(ready, folder);
  } finally {
    rmSync(work, { recursive: true, force: true });
  }
}

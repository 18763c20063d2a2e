import { createHash } from "node:crypto";
import { existsSync, readFileSync } from "node:fs";
import { join, parse } from "node:path";
import { fileURLToPath } from "node:url";
import type { OpenApiDocument, Operation } from "@dots-payouts/openapi";
import { assetName, FILES, SCRIPTS, STYLE_SHEET } from "../assets/browser-files.ts";
import { redocFile } from "../assets/redoc-bundle.ts";
import { shownTogether } from "../site/shown-together.ts";
import type { Assets } from "../site/site.ts";
import { consoleData } from "../try/console-data.ts";
import { forRedoc } from "./redoc-document.ts";
import type { SiteFiles } from "./site-folder.ts";

const MADE = fileURLToPath(new URL("../../generated/", import.meta.url));

/** The assets that pages load. Their file names change with their content. */
export function readAssets(
  document: OpenApiDocument,
  operations: readonly Operation[],
): { assets: Assets; files: SiteFiles } {
  if (!existsSync(MADE)) throw new Error("the assets are missing. Build them first: pnpm run assets");
  const names = [STYLE_SHEET, ...[...FILES, ...SCRIPTS].map(assetName)];
  const contents = new Map<string, string | Buffer>([
    ...names.map((name) => [name, readFileSync(join(MADE, name))] as const),
    ["redoc.js", readFileSync(join(MADE, redocFile({ showAll: shownTogether(operations) })))],
    ["console.json", JSON.stringify(consoleData({ document, operations }))],
    ["reference.json", JSON.stringify(forRedoc(document, operations))],
  ]);
  const assets = new Map<string, string>();
  const files = new Map<string, string | Buffer>();
  for (const [name, content] of contents) {
    const { name: stem, ext } = parse(name);
    const hash = createHash("sha256").update(content).digest("hex").slice(0, 8);
    const file = `assets/${stem}.${hash}${ext}`;
    files.set(file, content);
    assets.set(name, file);
  }
  return { assets, files };
}

import { createHash } from "node:crypto";
import { mkdir, readFile, writeFile } from "node:fs/promises";
import { parse } from "node:path";
import { fileURLToPath } from "node:url";
import type { OpenApiDocument } from "@dots-payouts/openapi";
import { rolldown } from "rolldown";
import { withSamples } from "../samples/with-samples.ts";
import { readRedocBundle } from "./redoc-bundle.ts";

/** Where each asset lies, relative to the site's root, by its plain name. */
export type Assets = ReadonlyMap<string, string>;

const STYLES = new URL("../browser/site.css", import.meta.url);
const ICON = new URL("../browser/icon.svg", import.meta.url);
const SCRIPTS = [
  new URL("../browser/samples.ts", import.meta.url),
  new URL("../browser/theme.ts", import.meta.url),
  new URL("../browser/reference.ts", import.meta.url),
];

/** Writes what the pages load, each file under a name that changes with its content. */
export async function buildAssets(folder: string, document: OpenApiDocument): Promise<Assets> {
  await mkdir(folder, { recursive: true });
  const contents = new Map<string, string>([
    ["site.css", await readFile(STYLES, "utf8")],
    ["icon.svg", await readFile(ICON, "utf8")],
    ["redoc.js", await readRedocBundle()],
    ["reference.json", JSON.stringify(withSamples(document))],
  ]);
  for (const script of SCRIPTS) {
    const entry = fileURLToPath(script);
    contents.set(`${parse(entry).name}.js`, await bundle(entry));
  }
  const assets = new Map<string, string>();
  for (const [name, content] of contents) {
    const { name: stem, ext } = parse(name);
    const hash = createHash("sha256").update(content).digest("hex").slice(0, 8);
    const file = `${stem}.${hash}${ext}`;
    await writeFile(`${folder}/${file}`, content);
    assets.set(name, `assets/${file}`);
  }
  return assets;
}

async function bundle(entry: string): Promise<string> {
  const build = await rolldown({ input: entry, platform: "browser" });
  try {
    const { output } = await build.generate({ format: "esm", minify: true });
    return output[0].code;
  } finally {
    await build.close();
  }
}

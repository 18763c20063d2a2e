import { readFile } from "node:fs/promises";
import { resolve } from "node:path";
import { fileURLToPath } from "node:url";
import { asDocument, type OpenApiDocument } from "@dots-payouts/openapi";
import { MANIFEST } from "../server/manifest.ts";
import { buildAssets } from "./assets.ts";
import { publishFiles } from "./publish-files.ts";
import { fileOf, renderPages } from "./render-pages.ts";
import { readSite } from "./site.ts";
import { siteFiles } from "./site-files.ts";

export interface BuildOptions {
  /** The folder that the site goes to. What is there is replaced only once the new site is whole. */
  readonly out: string;
  /** The bundled spec. @default the one of `@dots-payouts/spec` */
  readonly document?: OpenApiDocument;
  /** Where the site is going to be, for canonical links and the sitemap. @default where `pnpm start` serves it */
  readonly url?: string | undefined;
}

const DEFAULT_URL = "http://127.0.0.1:4000/";

/** Builds the whole site. */
export async function buildSite(options: BuildOptions): Promise<{ pages: number }> {
  const document = options.document ?? asDocument(JSON.parse(await readSpec("openapi.json")));
  const { assets, files } = await buildAssets(document);
  const site = readSite(document, options.url ?? DEFAULT_URL, assets);
  const pages = renderPages(site);
  const json = JSON.stringify(document, null, 2);
  const all = new Map([
    ...files,
    ["openapi.json", `${json}\n`],
    // JSON is YAML too.
    ["openapi.yaml", options.document ? json : await readSpec("openapi.yaml")],
    ...siteFiles(site, pages),
    ...pages.map(({ url, html }) => [fileOf(url), html] as const),
  ]);
  all.set(MANIFEST, [MANIFEST, ...all.keys()].sort().join("\n"));
  publishFiles(all, resolve(options.out));
  return { pages: pages.length };
}

async function readSpec(name: string): Promise<string> {
  return readFile(fileURLToPath(import.meta.resolve(`@dots-payouts/spec/${name}`)), "utf8");
}

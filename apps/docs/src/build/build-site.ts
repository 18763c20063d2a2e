import { readFile } from "node:fs/promises";
import { resolve } from "node:path";
import { fileURLToPath } from "node:url";
import { asDocument, listOperations, type OpenApiDocument } from "@dots-payouts/openapi";
import { MANIFEST } from "../server/manifest.ts";
import { readSite } from "../site/site.ts";
import { readAssets } from "./assets.ts";
import { PageRecord } from "./page-record.ts";
import { fileOf, renderPages } from "./render-pages.ts";
import { rendererVersion } from "./renderer-version.ts";
import { siteFiles } from "./site-files.ts";
import { SiteFolder } from "./site-folder.ts";

export interface BuildOptions {
  /** The folder that the site goes to. What is there is replaced only once the new site is whole. */
  readonly out: string;
  /** The bundled spec. @default the one of `@dots-payouts/spec` */
  readonly document?: OpenApiDocument;
  /** Where the site is going to be, for canonical links and the sitemap. @default where `pnpm start` serves it */
  readonly url?: string | undefined;
  /** The file that tells the next build which pages it need not make again. @default all are made each time */
  readonly record?: string;
}

export interface BuiltSite {
  readonly pages: number;
  /** How many of them are as the last build made them. */
  readonly kept: number;
}

const DEFAULT_URL = "http://127.0.0.1:4000/";

/** Builds the whole site. */
export async function buildSite(options: BuildOptions): Promise<BuiltSite> {
  const document = options.document ?? asDocument(JSON.parse(await readSpec("openapi.json")));
  const operations = listOperations(document);
  const { assets, files } = readAssets(document, operations);
  const site = readSite(document, operations, options.url ?? DEFAULT_URL, assets);
  const folder = new SiteFolder(resolve(options.out));
  const record = options.record === undefined ? undefined : new PageRecord(options.record, rendererVersion());
  const pages = renderPages(site, folder, record);
  const json = JSON.stringify(document, null, 2);
  const all = new Map<string, string | Buffer>([
    ...files,
    ["openapi.json", `${json}\n`],
    // JSON is YAML too.
    ["openapi.yaml", options.document ? json : await readSpec("openapi.yaml")],
    ...siteFiles(site, pages),
    ...pages.map(({ url, html }) => [fileOf(url), html] as const),
  ]);
  all.set(MANIFEST, [MANIFEST, ...all.keys()].sort().join("\n"));
  folder.publish(all);
  record?.save();
  return { pages: pages.length, kept: record?.kept ?? 0 };
}

async function readSpec(name: string): Promise<string> {
  return readFile(fileURLToPath(import.meta.resolve(`@dots-payouts/spec/${name}`)), "utf8");
}

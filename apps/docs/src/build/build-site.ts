import { readFile } from "node:fs/promises";
import { resolve } from "node:path";
import { fileURLToPath } from "node:url";
import { asDocument, listOperations, type OpenApiDocument } from "@dots-payouts/openapi";
import { listPages } from "../pages/list-pages.ts";
import { MANIFEST } from "../server/manifest.ts";
import { type Page, readSite } from "../site/site.ts";
import { readAssets } from "./assets.ts";
import { PageRecord } from "./page-record.ts";
import { fileOf, renderPages } from "./render-pages.ts";
import { rendererVersion } from "./renderer-version.ts";
import { searchIndex } from "./search-index.ts";
import { siteFiles } from "./site-files.ts";
import { SiteFolder } from "./site-folder.ts";

export interface BuildOptions {
  /** The folder for the site. Its old content is only replaced once the new site is complete. */
  readonly out: string;
  /** The bundled spec. @default the one of `@dots-payouts/spec` */
  readonly document?: OpenApiDocument;
  /**
   * The site's public URL, for canonical links and the sitemap.
   * @default where `pnpm start` serves it
   */
  readonly url?: string | undefined;
  /**
   * The repository's public URL, for links to it and to the source of each page.
   * @default no links
   */
  readonly repository?: string | undefined;
  /**
   * A file that tells the next build which pages are up to date.
   * @default all pages are built each time
   */
  readonly record?: string;
}

export interface BuiltSite {
  readonly pages: number;
  /** How many of the pages are the same as in the last build. */
  readonly kept: number;
}

const DEFAULT_URL = "http://127.0.0.1:4000/";

/** Builds the whole site. */
export async function buildSite(options: BuildOptions): Promise<BuiltSite> {
  const document = options.document ?? asDocument(JSON.parse(await readSpec("openapi.json")));
  const operations = listOperations(document);
  const { assets, files } = readAssets(document, operations);
  const site = readSite(
    document,
    operations,
    { url: options.url ?? DEFAULT_URL, repository: options.repository },
    assets,
  );
  const folder = new SiteFolder(resolve(options.out));
  const record = options.record === undefined ? undefined : new PageRecord(options.record, rendererVersion());
  const listed = sortPages(listPages(site));
  const pages = renderPages(site, listed, folder, record);
  const json = JSON.stringify(document, null, 2);
  const all = new Map<string, string | Buffer>([
    ...files,
    ["openapi.json", `${json}\n`],
    // JSON is also YAML.
    ["openapi.yaml", options.document ? json : await readSpec("openapi.yaml")],
    ["search.json", JSON.stringify(searchIndex(listed))],
    ...siteFiles(site, pages),
    ...pages.map(({ url, html }) => [fileOf(url), html] as const),
  ]);
  all.set(MANIFEST, [MANIFEST, ...all.keys()].sort().join("\n"));
  folder.publish(all);
  record?.save();
  return { pages: pages.length, kept: record?.kept ?? 0 };
}

/**
 * Sorts pages by address.
 * @throws Error if two of them have the same address.
 */
function sortPages(pages: readonly Page[]): Page[] {
  const sorted = [...pages].sort((a, b) => (a.url < b.url ? -1 : 1));
  for (const [index, { url, title }] of sorted.entries()) {
    const next = sorted[index + 1];
    if (next?.url === url) throw new Error(`Two pages have the address ${url}: ${title}, ${next.title}`);
  }
  return sorted;
}

async function readSpec(name: string): Promise<string> {
  return readFile(fileURLToPath(import.meta.resolve(`@dots-payouts/spec/${name}`)), "utf8");
}

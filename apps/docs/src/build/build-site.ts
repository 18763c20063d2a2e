import { mkdir, mkdtemp, readFile, rm, writeFile } from "node:fs/promises";
import { dirname, join, resolve } from "node:path";
import { fileURLToPath } from "node:url";
import { asDocument, type OpenApiDocument } from "@dots-payouts/openapi";
import { buildAssets } from "./assets.ts";
import { publishFolder } from "./publish-folder.ts";
import { readSite } from "./site.ts";
import { writeSiteFiles } from "./site-files.ts";
import { writePages } from "./write-pages.ts";

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
  const out = resolve(options.out);
  const document = options.document ?? asDocument(JSON.parse(await readSpec("openapi.json")));
  await mkdir(dirname(out), { recursive: true });
  // Beside its goal, so that the files can be renamed into place: that works on one file system only.
  const work = await mkdtemp(join(dirname(out), ".building-"));
  try {
    const assets = await buildAssets(join(work, "assets"), document);
    await writeFile(join(work, "openapi.json"), `${JSON.stringify(document, null, 2)}\n`);
    // JSON is YAML too.
    const yaml = options.document ? JSON.stringify(document, null, 2) : await readSpec("openapi.yaml");
    await writeFile(join(work, "openapi.yaml"), yaml);
    const site = readSite(document, options.url ?? DEFAULT_URL, assets);
    const pages = await writePages(work, site);
    await writeSiteFiles(work, site, pages);
    await publishFolder(work, out);
    return { pages: pages.length };
  } finally {
    await rm(work, { recursive: true, force: true });
  }
}

async function readSpec(name: string): Promise<string> {
  return readFile(fileURLToPath(import.meta.resolve(`@dots-payouts/spec/${name}`)), "utf8");
}

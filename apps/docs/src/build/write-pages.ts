import { fileURLToPath } from "node:url";
import Eleventy from "@11ty/eleventy";
import type { OpenApiDocument } from "@dots-payouts/openapi";
import { type PageData, renderLayout } from "../pages/layout.ts";
import { referencePage } from "../pages/reference.ts";
import { startPage } from "../pages/start.ts";
import type { Assets } from "./assets.ts";
import { type Page, readSite } from "./site.ts";

const CONTENT = fileURLToPath(new URL("../../content/", import.meta.url));

/** Writes all pages below `folder` and says how many there are. */
export async function writePages(
  folder: string,
  { document, assets }: { document: OpenApiDocument; assets: Assets },
): Promise<number> {
  const site = readSite(document, assets);
  const pages: Page[] = [startPage(site), referencePage(site)];
  const eleventy = new Eleventy(CONTENT, folder, {
    quietMode: true,
    configPath: false,
    config: (config) => {
      config.setUseGitIgnore(false);
      config.addGlobalData("site", site);
      config.addGlobalData("layout", "page.11ty.js");
      config.addTemplate("_includes/page.11ty.js", (data: PageData) => renderLayout(data));
      for (const page of pages) {
        const permalink = page.url.endsWith("/") ? `${page.url}index.html` : page.url;
        config.addTemplate(`${permalink}.11ty.js`, () => page.body, { ...page, permalink: `/${permalink}` });
      }
    },
  });
  eleventy.disableLogger();
  await eleventy.write();
  return pages.length;
}

import { basename } from "node:path";
import { fileURLToPath } from "node:url";
import Eleventy from "@11ty/eleventy";
import { layoutPage, type PageData } from "../pages/layout.ts";
import { listPages } from "../pages/list-pages.ts";
import { type ListedPage, SectionNav } from "../pages/section-nav.ts";
import { createMarkdown } from "./markdown.ts";
import type { Site } from "./site.ts";

const CONTENT = fileURLToPath(new URL("../../content/", import.meta.url));

/** A page as it was written: what sitemap, index and Markdown version are made from. */
export interface WrittenPage {
  /** Relative to the site's root, without a slash before it. */
  readonly url: string;
  readonly title: string;
  readonly description: string;
  readonly markdown: string;
}

interface LayoutData extends PageData {
  readonly collections: { readonly all: readonly { readonly url: string; readonly data: ListedPage }[] };
}

/** Writes all pages below `folder`: those from `content/` and those that are made. */
export async function writePages(folder: string, site: Site): Promise<WrittenPage[]> {
  const written: WrittenPage[] = [];
  let nav: SectionNav | undefined;
  // Eleventy keeps layouts by name for as long as the process lives, and this one belongs to this build.
  const layout = `page${basename(folder)}.11ty.js`;
  const eleventy = new Eleventy(CONTENT, folder, {
    quietMode: true,
    configPath: false,
    config: (config) => {
      config.setUseGitIgnore(false);
      config.setLibrary("md", createMarkdown());
      config.addGlobalData("layout", layout);
      // The site is no data of Eleventy's: that would be copied, whole, for every page.
      config.addTemplate(`_includes/${layout}`, (data: LayoutData) => {
        const { title, description, page, collections } = data;
        written.push({ url: page.url.slice(1), title, description, markdown: page.rawInput });
        nav ??= new SectionNav(
          collections.all.map((listed) => ({ ...listed.data, url: listed.url.slice(1) })),
        );
        return layoutPage(site, nav, data);
      });
      for (const { markdown, ...page } of listPages(site)) {
        const file = page.url.endsWith("/") || page.url === "" ? `${page.url}index.html` : page.url;
        config.addTemplate(`${file.replace(/\.html$/, "")}.md`, markdown, { ...page, permalink: `/${file}` });
      }
      return { markdownTemplateEngine: false };
    },
  });
  eleventy.disableLogger();
  await eleventy.write();
  return written.sort((a, b) => (a.url < b.url ? -1 : 1));
}

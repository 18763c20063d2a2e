import { randomUUID } from "node:crypto";
import { fileURLToPath } from "node:url";
import Eleventy from "@11ty/eleventy";
import { layoutPage, type PageData } from "../pages/layout.ts";
import { listPages } from "../pages/list-pages.ts";
import { type ListedPage, SectionNav } from "../pages/section-nav.ts";
import { createMarkdown } from "./markdown.ts";
import type { Site } from "./site.ts";

/** Eleventy wants to know where it would write. */
const NOWHERE = "nowhere";
const CONTENT = fileURLToPath(new URL("../../content/", import.meta.url));

/** A page as it goes out, and what sitemap, index and Markdown version are made from. */
export interface RenderedPage {
  /** Relative to the site's root, without a slash before it. */
  readonly url: string;
  readonly title: string;
  readonly description: string;
  readonly markdown: string;
  readonly html: string;
}

interface LayoutData extends PageData {
  readonly collections: { readonly all: readonly { readonly url: string; readonly data: ListedPage }[] };
}

/** Renders all pages: those from `content/` and those that are made. */
export async function renderPages(site: Site): Promise<RenderedPage[]> {
  const rendered: RenderedPage[] = [];
  let nav: SectionNav | undefined;
  // Eleventy keeps layouts by name for as long as the process lives, and this one belongs to this build.
  const layout = `page-${randomUUID()}.11ty.js`;
  const eleventy = new Eleventy(CONTENT, NOWHERE, {
    quietMode: true,
    configPath: false,
    config: (config) => {
      config.setUseGitIgnore(false);
      config.setLibrary("md", createMarkdown());
      config.addGlobalData("layout", layout);
      // The site is no data of Eleventy's: that would be copied, whole, for every page.
      config.addTemplate(`_includes/${layout}`, (data: LayoutData) => {
        const { title, description, page, collections } = data;
        nav ??= new SectionNav(
          collections.all.map((listed) => ({ ...listed.data, url: listed.url.slice(1) })),
        );
        const html = layoutPage(site, nav, data);
        rendered.push({ url: page.url.slice(1), title, description, markdown: page.rawInput, html });
        return html;
      });
      for (const { markdown, ...page } of listPages(site)) {
        const file = fileOf(page.url);
        // Without the override, double braces in a description would be run as a template.
        const options = { permalink: `/${file}`, templateEngineOverride: "md" };
        config.addTemplate(`${file.replace(/\.html$/, "")}.md`, markdown, { ...page, ...options });
      }
      return { markdownTemplateEngine: false };
    },
  });
  eleventy.disableLogger();
  // Of the two ways to render, the one that leaves writing to us.
  await eleventy.toJSON();
  return rendered.sort((a, b) => (a.url < b.url ? -1 : 1));
}

/** The file that a page is, relative to the site's root. */
export function fileOf(url: string): string {
  return url.endsWith("/") || url === "" ? `${url}index.html` : url;
}

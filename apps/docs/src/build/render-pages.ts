import { layoutPage, type PageText, pageParts } from "../layout/layout.ts";
import { SectionNav } from "../layout/section-nav.ts";
import { createMarkdown } from "../markdown/create-markdown.ts";
import { headingsIn } from "../markdown/headings.ts";
import type { Page, Site } from "../site/site.ts";
import type { PageRecord } from "./page-record.ts";
import type { SiteFolder } from "./site-folder.ts";

/** A page as it goes out, and what sitemap, index and Markdown version are made from. */
export interface RenderedPage extends Page {
  readonly html: string | Buffer;
}

/** All pages: made, or as they are in `folder` where `record` knows them. */
export function renderPages(
  site: Site,
  pages: readonly Page[],
  folder: SiteFolder,
  record?: PageRecord,
): RenderedPage[] {
  const nav = new SectionNav(pages);
  const markdown = createMarkdown();
  const textOf = (page: Page): PageText => {
    const environment = {};
    const tokens = markdown.parse(page.markdown, environment);
    return {
      html: markdown.renderer.render(tokens, markdown.options, environment),
      headings: headingsIn(tokens),
    };
  };
  return pages.map((page) => {
    const parts = pageParts(site, nav, page);
    const make = (): string => layoutPage(parts, textOf(page));
    return { ...page, html: record?.keepOrMake(parts, folder.read(fileOf(page.url)), make) ?? make() };
  });
}

/** The file that a page is, relative to the site's root. */
export function fileOf(url: string): string {
  return url.endsWith("/") || url === "" ? `${url}index.html` : url;
}

import { layoutPage, pageParts } from "../pages/layout.ts";
import { listPages } from "../pages/list-pages.ts";
import { SectionNav } from "../pages/section-nav.ts";
import type { Page, Site } from "../site/site.ts";
import { createMarkdown } from "./markdown.ts";
import type { PageRecord } from "./page-record.ts";
import type { SiteFolder } from "./site-folder.ts";

/** A page as it goes out, and what sitemap, index and Markdown version are made from. */
export interface RenderedPage extends Page {
  readonly html: string | Buffer;
}

/**
 * All pages in the order of their addresses: made, or as they stand in `folder` where `record` vouches for them.
 * @throws Error when two pages have the same address.
 */
export function renderPages(site: Site, folder: SiteFolder, record?: PageRecord): RenderedPage[] {
  const pages = listPages(site).sort((a, b) => (a.url < b.url ? -1 : 1));
  for (const [index, { url, title }] of pages.entries()) {
    const next = pages[index + 1];
    if (next?.url === url) throw new Error(`Two pages have the address ${url}: ${title}, ${next.title}`);
  }
  const nav = new SectionNav(pages);
  const markdown = createMarkdown();
  return pages.map((page) => {
    const parts = pageParts(site, nav, page);
    const make = (): string => layoutPage(parts, markdown.render(page.markdown));
    return { ...page, html: record?.keepOrMake(parts, folder.read(fileOf(page.url)), make) ?? make() };
  });
}

/** The file that a page is, relative to the site's root. */
export function fileOf(url: string): string {
  return url.endsWith("/") || url === "" ? `${url}index.html` : url;
}

import { layoutPage } from "../pages/layout.ts";
import { listPages } from "../pages/list-pages.ts";
import { SectionNav } from "../pages/section-nav.ts";
import { createMarkdown } from "./markdown.ts";
import type { Page, Site } from "./site.ts";

/** A page as it goes out, and what sitemap, index and Markdown version are made from. */
export interface RenderedPage extends Page {
  readonly html: string;
}

/**
 * Renders all pages, in the order of their addresses.
 * @throws Error when two pages have the same address.
 */
export function renderPages(site: Site): RenderedPage[] {
  const markdown = createMarkdown();
  const pages = listPages(site).sort((a, b) => (a.url < b.url ? -1 : 1));
  for (const [index, { url, title }] of pages.entries()) {
    const next = pages[index + 1];
    if (next?.url === url) throw new Error(`Two pages have the address ${url}: ${title}, ${next.title}`);
  }
  const nav = new SectionNav(pages);
  return pages.map((page) => ({
    ...page,
    html: layoutPage(site, nav, page, markdown.render(page.markdown)),
  }));
}

/** The file that a page is, relative to the site's root. */
export function fileOf(url: string): string {
  return url.endsWith("/") || url === "" ? `${url}index.html` : url;
}

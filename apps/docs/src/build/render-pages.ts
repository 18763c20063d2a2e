import { layoutPage, type PageText, pageParts } from "../layout/layout.ts";
import { SectionNav } from "../layout/section-nav.ts";
import { createMarkdown } from "../markdown/create-markdown.ts";
import { headingsIn } from "../markdown/headings.ts";
import type { Page, Site } from "../site/site.ts";
import type { PageRecord } from "./page-record.ts";
import type { SiteFolder } from "./site-folder.ts";

/** A rendered page, and the input for sitemap, index and Markdown version. */
export interface RenderedPage extends Page {
  readonly html: string | Buffer;
}

/** All pages: rendered, or read from `folder` if `record` knows that they are up to date. */
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

/** The file of a page, relative to the site's root. */
export function fileOf(url: string): string {
  return url.endsWith("/") || url === "" ? `${url}index.html` : url;
}

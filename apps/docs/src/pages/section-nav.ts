import { nearest, shownTogether } from "../site/shown-together.ts";
import type { Page } from "../site/site.ts";
import { current, type Html, html } from "./html.ts";
import { type Section, sectionOf } from "./sections.ts";

/** A page as the list of its section shows it. */
export type ListedPage = Pick<Page, "url" | "title" | "order" | "group">;

/** What stands beside a page: the other pages of its section, or those of its group where the section has many. */
export class SectionNav {
  readonly #pages = new Map<Section, readonly ListedPage[]>();
  readonly #groups = new Map<string, readonly ListedPage[]>();

  constructor(pages: readonly ListedPage[]) {
    const listed = pages.filter(({ order }) => order !== undefined);
    const sorted = listed.sort((a, b) => (a.order ?? 0) - (b.order ?? 0));
    const bySection = Map.groupBy(sorted, ({ url }) => sectionOf(url));
    for (const [section, own] of bySection) {
      if (section === undefined) continue;
      this.#pages.set(section, own);
      for (const [group = "", members] of Map.groupBy(own, (page) => page.group))
        this.#groups.set(section.url + group, members);
    }
  }

  /** The list for the page at `url`, whose links lead from `root`. */
  of(url: string, root: string): Html | string {
    const section = sectionOf(url);
    const pages = section === undefined ? undefined : this.#pages.get(section);
    if (section === undefined || pages === undefined) return "";
    const link = (page: Pick<Page, "url" | "title">): Html =>
      html`<li><a href="${root}${page.url}"${current(false, page.url === url)}>${page.title}</a></li>`;
    if (shownTogether(pages)) return list(section.label, pages.map(link));
    const group = pages.find((page) => page.url === url)?.group ?? "";
    const own = this.#groups.get(section.url + group) ?? pages;
    const { url: overview = section.url, label = section.label } = section.overview ?? {};
    return list(section.label, [
      link({ url: overview, title: label }),
      group === "" ? "" : html`<li class="group">${group}</li>`,
      ...nearest(
        own,
        own.findIndex((page) => page.url === url),
      ).map(link),
    ]);
  }
}

function list(label: string, items: readonly (Html | string)[]): Html {
  return html`<nav class="section-nav" aria-label="${label}">
<ul>${items}</ul>
</nav>`;
}

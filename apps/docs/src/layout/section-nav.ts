import { nearest, shownTogether } from "../site/shown-together.ts";
import type { Page } from "../site/site.ts";
import { current, type Html, html } from "./html.ts";
import { type Section, sectionOf } from "./sections.ts";

/** A page as it appears in the list of its section. */
export type ListedPage = Pick<Page, "url" | "title" | "order" | "group">;

/** The page before or after another one in its section. */
export type Neighbour = Pick<Page, "url" | "title">;

/** The list next to a page: the other pages of its section, or of its group if the section has many. */
export class SectionNav {
  readonly #pages = new Map<Section, readonly ListedPage[]>();
  readonly #groups = new Map<string, readonly ListedPage[]>();
  readonly #places = new Map<string, number>();

  constructor(pages: readonly ListedPage[]) {
    const listed = pages.filter(({ order }) => order !== undefined);
    const sorted = listed.sort((a, b) => (a.order ?? 0) - (b.order ?? 0));
    const bySection = Map.groupBy(sorted, ({ url }) => sectionOf(url));
    for (const [section, own] of bySection) {
      if (section === undefined) continue;
      this.#pages.set(section, own);
      for (const [index, { url }] of own.entries()) this.#places.set(url, index);
      for (const [group = "", members] of Map.groupBy(own, (page) => page.group))
        this.#groups.set(section.url + group, members);
    }
  }

  /** The pages before and after the one at `url`. */
  neighbours(url: string): {
    readonly previous: Neighbour | undefined;
    readonly next: Neighbour | undefined;
  } {
    const section = sectionOf(url);
    const pages = (section === undefined ? undefined : this.#pages.get(section)) ?? [];
    const place = this.#places.get(url);
    // Only the title, so that a page is not rebuilt when its neighbor's text changes.
    const at = (index: number): Neighbour | undefined => {
      const page = pages[index];
      return page === undefined ? undefined : { url: page.url, title: page.title };
    };
    if (place === undefined) return { previous: undefined, next: section?.url === url ? at(0) : undefined };
    return { previous: at(place - 1), next: at(place + 1) };
  }

  /** The list for the page at `url`. `root` is the prefix of its links. */
  of(url: string, root: string): Html | string {
    const section = sectionOf(url);
    const pages = section === undefined ? undefined : this.#pages.get(section);
    if (section === undefined || pages === undefined) return "";
    const link = (page: Neighbour): Html =>
      html`<li><a href="${root}${page.url}"${current(false, page.url === url)}>${page.title}</a></li>`;
    const first = link({ url: section.url, title: section.whole ?? section.label });
    if (shownTogether(pages)) {
      const groups = [...Map.groupBy(pages, ({ group }) => group)];
      return list(section.label, [
        first,
        ...groups.flatMap(([group, members]) => [groupLabel(group), ...members.map(link)]),
      ]);
    }
    const group = pages.find((page) => page.url === url)?.group;
    const own = this.#groups.get(section.url + (group ?? "")) ?? pages;
    const place = own.findIndex((page) => page.url === url);
    const all = section.all === undefined ? first : link({ url: section.all, title: "All operations" });
    return list(section.label, [all, groupLabel(group), ...nearest(own, place).map(link)]);
  }
}

function groupLabel(group: string | undefined): Html | string {
  return group === undefined ? "" : html`<li class="group">${group}</li>`;
}

function list(label: string, items: readonly (Html | string)[]): Html {
  return html`<nav class="section-nav" aria-label="${label}">
<ul>${items}</ul>
</nav>`;
}

import type { Heading } from "../markdown/headings.ts";
import { META_POLICY } from "../server/headers.ts";
import type { Page, Site } from "../site/site.ts";
import { current, Html, html } from "./html.ts";
import { pageRoot } from "./root.ts";
import type { Neighbour, SectionNav } from "./section-nav.ts";
import { SECTIONS, sectionOf } from "./sections.ts";

/** All inputs of a page. They are JSON, so that changes can be detected. */
export interface PageParts {
  readonly site: Pick<Site, "title" | "url" | "version" | "repository" | "packages">;
  readonly page: Page;
  /** The prefix of its links. */
  readonly root: string;
  /** The list of pages in its section, as HTML. */
  readonly nav: string;
  readonly previous: Neighbour | undefined;
  readonly next: Neighbour | undefined;
  /** The paths of the assets that it may need, by name. */
  readonly assets: Readonly<Record<string, string>>;
}

/** The content of a page as HTML, and its headings. */
export interface PageText {
  readonly html: string;
  readonly headings: readonly Heading[];
}

/** The assets that every page loads, and the one for pages with code. */
const ASSETS = ["frame.js", "icon.svg", "card.png", "site.css", "samples.js", "search.js"];

export function pageParts(site: Site, nav: SectionNav, page: Page): PageParts {
  const { title, url, version, repository, packages, assets } = site;
  const root = pageRoot(page.url, url);
  const names = [...ASSETS, ...(page.scripts ?? []), ...(page.styles ?? [])];
  return {
    site: { title, url, version, repository, packages },
    page,
    root,
    nav: nav.of(page.url, root).toString(),
    ...nav.neighbours(page.url),
    assets: Object.fromEntries(names.map((name) => [name, assets.get(name) ?? name])),
  };
}

/** The layout of every page. All links are relative, so that the site works below any path. */
export function layoutPage(parts: PageParts, text: PageText): string {
  const { page, root, nav } = parts;
  const { before, after, width = "text" } = page;
  const full = width === "full";
  const content = text.html.replaceAll(' href="/', ` href="${root}`);
  return html`<!doctype html>
<html lang="en">
${head(parts, content)}
<body>
<a class="skip" href="#content">Skip to content</a>
${header(parts)}
<div class="${full ? "wide" : `page ${width}`}">
${full ? "" : new Html(nav)}
<main id="content" tabindex="-1">
${full ? "" : breadcrumbs(parts)}
${before === undefined ? "" : new Html(before)}
<div class="prose"${full ? new Html(" data-plain-reference") : ""}>
${new Html(content)}
${after === undefined ? "" : new Html(after)}
</div>
${full ? "" : neighbours(parts)}
</main>
${width === "text" && page.url !== "" ? contentsOf(text.headings) : ""}
</div>
${full ? "" : footer(parts)}
</body>
</html>
`.text;
}

function head({ site, page, root, assets }: PageParts, content: string): Html {
  const { url, title, description, scripts = [], styles = [], width } = page;
  const asset = (name: string): string => `${root}${assets[name]}`;
  const absolute = (path: string): string => new URL(path, site.url).href;
  // In the reference, Redoc highlights the code.
  const needed =
    width !== "full" && content.includes('<figure class="code"') ? [...scripts, "samples.js"] : scripts;
  const hasMarkdown = !url.endsWith(".html");
  return html`<head>
<meta charset="utf-8">
<meta name="viewport" content="width=device-width, initial-scale=1">
<meta http-equiv="Content-Security-Policy" content="${META_POLICY}">
<title>${title === site.title ? title : `${title} – ${site.title}`}</title>
<meta name="description" content="${description}">
<meta name="color-scheme" content="light dark">
<meta property="og:type" content="website">
<meta property="og:site_name" content="${site.title}">
<meta property="og:title" content="${title}">
<meta property="og:description" content="${description}">
<meta property="og:url" content="${absolute(url)}">
<meta property="og:image" content="${absolute(assets["card.png"] ?? "")}">
<meta name="twitter:card" content="summary_large_image">
<link rel="canonical" href="${absolute(url)}">
${hasMarkdown ? html`<link rel="alternate" type="text/markdown" href="./index.md">` : ""}
<link rel="icon" type="image/svg+xml" href="${asset("icon.svg")}">
${["site.css", ...styles].map((name) => html`<link rel="stylesheet" href="${asset(name)}">\n`)}
<script src="${asset("frame.js")}"></script>
${needed.map((name) => html`<script type="module" src="${asset(name)}"></script>\n`)}</head>`;
}

function header({ site, page, root, nav, assets }: PageParts): Html {
  const section = sectionOf(page.url);
  const links = SECTIONS.map(
    (entry) =>
      html`<a href="${root}${entry.url}"${current(entry === section, page.url === entry.url)}>${entry.label}</a>`,
  );
  const repository =
    site.repository === undefined ? "" : html`<a href="${site.repository}" rel="external">Repository</a>`;
  return html`<header class="site-header" data-site-header>
<a class="site-name" href="${root}">${site.title}</a>
<nav class="site-nav" aria-label="Site">${links}${repository}</nav>
<button type="button" class="search-button" data-search="${root}${assets["search.js"]}" data-index="${root}search.json" data-root="${root}" aria-keyshortcuts="/">Search <kbd>/</kbd></button>
<button type="button" class="theme-switch" data-theme-switch aria-label="Switch between light and dark">◐</button>
<details class="menu">
<summary aria-label="Menu"><span></span></summary>
<div class="menu-content">
<nav aria-label="Pages">${links}${repository}</nav>
${new Html(nav.replace('<nav class="section-nav" aria-label="', '<nav class="section-nav" aria-label="Pages of '))}
</div>
</details>
</header>`;
}

function breadcrumbs({ site, page, root }: PageParts): Html | string {
  const section = sectionOf(page.url);
  if (section === undefined) return "";
  const last =
    section.url === page.url ? "" : html`<li><a href="${root}${section.url}">${section.label}</a></li>`;
  return html`<nav class="breadcrumbs" aria-label="Breadcrumbs">
<ol><li><a href="${root}">${site.title}</a></li>${last}<li aria-current="page">${page.title}</li></ol>
</nav>`;
}

/** The table of contents of a page, as links. Empty for a short page. */
function contentsOf(headings: readonly Heading[]): Html | string {
  const listed = headings.filter(({ level }) => level === 2 || level === 3);
  if (listed.filter(({ level }) => level === 2).length < 2) return "";
  return html`<nav class="contents" aria-label="On this page">
<p>On this page</p>
<ul>${listed.map(({ level, id, text }) => html`<li class="level-${level}"><a href="#${id}">${text}</a></li>`)}</ul>
</nav>`;
}

function neighbours({ root, previous, next }: PageParts): Html | string {
  if (previous === undefined && next === undefined) return "";
  const link = (page: Neighbour | undefined, rel: string, label: string): Html | string =>
    page === undefined
      ? ""
      : html`<a rel="${rel}" href="${root}${page.url}"><span>${label}</span> ${page.title}</a>`;
  return html`<nav class="neighbours" aria-label="Next and previous page">
${link(previous, "prev", "Previous")}
${link(next, "next", "Next")}
</nav>`;
}

function footer({ site, page }: PageParts): Html {
  const hasMarkdown = !page.url.endsWith(".html");
  const edit =
    site.repository === undefined || page.source === undefined
      ? ""
      : html`<p><a href="${site.repository}/edit/main/${page.source}">Edit this page</a></p>`;
  return html`<footer class="site-footer">
<p>API version ${site.version} · packages ${site.packages}</p>
${edit}
${hasMarkdown ? html`<p><a href="./index.md">This page as Markdown</a></p>` : ""}
<p>This project is not made by Dots.</p>
</footer>`;
}

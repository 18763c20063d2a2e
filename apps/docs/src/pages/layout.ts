import { META_POLICY } from "../server/headers.ts";
import type { Page, Site } from "../site/site.ts";
import { current, Html, html } from "./html.ts";
import { pageRoot } from "./root.ts";
import type { SectionNav } from "./section-nav.ts";
import { SECTIONS, sectionOf } from "./sections.ts";

/** All that a page is made of. It is JSON, so that it can be told whether any of it changed. */
export interface PageParts {
  readonly site: Pick<Site, "title" | "url">;
  readonly page: Page;
  /** What its links lead from. */
  readonly root: string;
  /** The list of its section, in HTML. */
  readonly nav: string;
  /** Where the assets lie that it may need, by their names. */
  readonly assets: Readonly<Record<string, string>>;
}

/** The assets of every page, and the one of those that show code. */
const ASSETS = ["frame.js", "icon.svg", "site.css", "samples.js"];

export function pageParts({ title, url, assets }: Site, nav: SectionNav, page: Page): PageParts {
  const root = pageRoot(page.url, url);
  const names = [...ASSETS, ...(page.scripts ?? []), ...(page.styles ?? [])];
  return {
    site: { title, url },
    page,
    root,
    nav: nav.of(page.url, root).toString(),
    assets: Object.fromEntries(names.map((name) => [name, assets.get(name) ?? name])),
  };
}

/** The frame of every page, around its text in HTML. All links are relative, so that the site works below any path. */
export function layoutPage({ site, page, root, nav, assets }: PageParts, text: string): string {
  const { url, title, description, before, after, scripts = [], styles = [], width = "text" } = page;
  const full = width === "full";
  const asset = (name: string): string => `${root}${assets[name]}`;
  const section = sectionOf(url);
  const hasMarkdown = !url.endsWith(".html");
  // The reference shows its code by Redoc.
  const needed = !full && text.includes('<figure class="code"') ? [...scripts, "samples.js"] : scripts;
  const content = text.replaceAll(' href="/', ` href="${root}`);
  return html`<!doctype html>
<html lang="en">
<head>
<meta charset="utf-8">
<meta name="viewport" content="width=device-width, initial-scale=1">
<meta http-equiv="Content-Security-Policy" content="${META_POLICY}">
<title>${title === site.title ? title : `${title} – ${site.title}`}</title>
<meta name="description" content="${description}">
<meta name="color-scheme" content="light dark">
<link rel="canonical" href="${new URL(url, site.url).href}">
${hasMarkdown ? html`<link rel="alternate" type="text/markdown" href="./index.md">` : ""}
<link rel="icon" type="image/svg+xml" href="${asset("icon.svg")}">
${["site.css", ...styles].map((name) => html`<link rel="stylesheet" href="${asset(name)}">\n`)}
<script src="${asset("frame.js")}"></script>
${needed.map((name) => html`<script type="module" src="${asset(name)}"></script>\n`)}</head>
<body>
<a class="skip" href="#content">Skip to content</a>
<header class="site-header" data-site-header>
<a class="site-name" href="${root}">${site.title}</a>
<nav class="site-nav" aria-label="Site">${SECTIONS.map(
    (entry) =>
      html`<a href="${root}${entry.url}"${current(entry === section, url === entry.url)}>${entry.label}</a>`,
  )}</nav>
<button type="button" class="theme-switch" data-theme-switch aria-label="Switch between light and dark">◐</button>
</header>
<div class="${full ? "wide" : `page ${width}`}">
${full ? "" : new Html(nav)}
<main id="content" tabindex="-1">
${before === undefined ? "" : new Html(before)}
<div class="prose"${full ? new Html(" data-plain-reference") : ""}>
${new Html(content)}
${after === undefined ? "" : new Html(after)}
</div>
</main>
</div>
${full ? "" : footer(hasMarkdown)}
</body>
</html>
`.text;
}

function footer(hasMarkdown: boolean): Html {
  return html`<footer class="site-footer">
<p>This project is not made by Dots.</p>
${hasMarkdown ? html`<p><a href="./index.md">This page as Markdown</a></p>` : ""}
</footer>`;
}

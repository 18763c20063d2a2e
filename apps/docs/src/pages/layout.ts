import type { Page, Site } from "../build/site.ts";
import { META_POLICY } from "../server/headers.ts";
import { Html, html } from "./html.ts";
import { relativeRoot } from "./relative-root.ts";

type PageInfo = Pick<
  Page,
  "title" | "description" | "before" | "after" | "scripts" | "styles" | "width" | "order"
>;

/** What the site generator hands to the layout. */
export interface PageData extends PageInfo {
  readonly site: Site;
  readonly content: string;
  /** `rawInput` is the Markdown without its front matter. */
  readonly page: { readonly url: string; readonly rawInput: string };
  readonly collections: { readonly all: readonly { readonly url: string; readonly data: PageInfo }[] };
}

const SECTIONS: readonly { readonly url: string; readonly label: string }[] = [
  { url: "guides/", label: "Guides" },
  { url: "reference/", label: "Reference" },
  { url: "try/", label: "Try it" },
  { url: "packages/", label: "Packages" },
  { url: "changelog/", label: "Changelog" },
  { url: "downloads/", label: "Downloads" },
];

/** The frame of every page. All links are relative, so that the site works below any path. */
export function layoutPage(data: PageData): string {
  const { site, title, description, before, after, scripts = [], styles = [], width = "text" } = data;
  const full = width === "full";
  const url = data.page.url.slice(1);
  // A host shows the page of what is missing at any depth, so its links can't be relative.
  const root = url.endsWith(".html") ? new URL(site.url).pathname : relativeRoot(url);
  const asset = (name: string): string => `${root}${site.assets.get(name) ?? name}`;
  const section = SECTIONS.find((candidate) => url.startsWith(candidate.url));
  const hasMarkdown = !url.endsWith(".html");
  // The reference shows its code by Redoc.
  const needed =
    !full && data.content.includes('<figure class="code"') ? [...scripts, "samples.js"] : scripts;
  const content = data.content.replaceAll(' href="/', ` href="${root}`);
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
${full ? "" : sectionNav(data, root, section)}
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

function current(inside: boolean, here: boolean): Html {
  if (here) return new Html(' aria-current="page"');
  return new Html(inside ? ' aria-current="true"' : "");
}

/** The other pages of the section that this one belongs to. */
function sectionNav(
  data: PageData,
  root: string,
  section: (typeof SECTIONS)[number] | undefined,
): Html | string {
  if (section === undefined) return "";
  const pages = data.collections.all
    .filter((page) => page.url.startsWith(`/${section.url}`) && page.data.order !== undefined)
    .sort((a, b) => (a.data.order ?? 0) - (b.data.order ?? 0));
  if (pages.length === 0) return "";
  return html`<nav class="section-nav" aria-label="${section.label}">
<ul>${pages.map(
    (page) =>
      html`<li><a href="${root}${page.url.slice(1)}"${current(false, page.url === data.page.url)}>${page.data.title}</a></li>`,
  )}</ul>
</nav>`;
}

function footer(hasMarkdown: boolean): Html {
  return html`<footer class="site-footer">
<p>This project is not made by Dots.</p>
${hasMarkdown ? html`<p><a href="./index.md">This page as Markdown</a></p>` : ""}
</footer>`;
}

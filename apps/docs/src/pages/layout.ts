import type { Site } from "../build/site.ts";
import { META_POLICY } from "../server/headers.ts";
import { Html, html } from "./html.ts";

/** What the site generator hands to the layout. */
export interface PageData {
  readonly site: Site;
  readonly title: string;
  readonly description: string;
  readonly scripts?: readonly string[];
  readonly content: string;
  readonly page: { readonly url: string };
}

const NAVIGATION: readonly { readonly url: string; readonly label: string }[] = [
  { url: "reference/", label: "Reference" },
];

/** The frame of every page. All links are relative, so that the site works below any path. */
export function renderLayout({ site, title, description, scripts = [], content, page }: PageData): string {
  const root = "../".repeat(page.url.split("/").length - 2) || "./";
  const asset = (name: string): string => `${root}${site.assets.get(name) ?? name}`;
  const here = page.url.replace(/^\//, "");
  return html`<!doctype html>
<html lang="en">
<head>
<meta charset="utf-8">
<meta name="viewport" content="width=device-width, initial-scale=1">
<meta http-equiv="Content-Security-Policy" content="${META_POLICY}">
<title>${title === site.title ? title : `${title} – ${site.title}`}</title>
<meta name="description" content="${description}">
<meta name="color-scheme" content="light dark">
<link rel="icon" href="data:,">
<link rel="stylesheet" href="${asset("site.css")}">
<script src="${asset("theme.js")}"></script>
${scripts.map((name) => html`<script type="module" src="${asset(name)}"></script>\n`)}</head>
<body>
<a class="skip" href="#content">Skip to content</a>
<header class="site-header" data-site-header>
<a class="site-name" href="${root}">${site.title}</a>
<nav aria-label="Site">${NAVIGATION.map(
    ({ url, label }) =>
      html`<a href="${root}${url}"${here === url ? new Html(' aria-current="page"') : ""}>${label}</a>`,
  )}</nav>
<button type="button" class="theme-switch" data-theme-switch aria-label="Switch between light and dark">◐</button>
</header>
<main id="content">
${new Html(content)}
</main>
</body>
</html>
`.text;
}

import { relativeRoot } from "../layout/root.ts";
import { withoutContainers } from "../markdown/containers.ts";
import { httpCollection } from "../samples/http-collection.ts";
import { ASSET_CACHING, PAGE_CACHING, SECURITY_HEADERS } from "../server/headers.ts";
import type { Site } from "../site/site.ts";
import type { RenderedPage } from "./render-pages.ts";

/** The files next to the pages: Markdown versions, indexes for machines, headers for the host. */
export function siteFiles(site: Site, pages: readonly RenderedPage[]): Map<string, string> {
  const listed = pages.filter(({ url }) => !url.endsWith(".html"));
  const files = new Map<string, string>([
    ["_headers", hostHeaders()],
    ["llms.txt", llmsIndex(site, listed)],
    ["requests.http", httpCollection(site.document, site.operations)],
    ["robots.txt", `User-agent: *\nAllow: /\n\nSitemap: ${site.url}sitemap.xml\n`],
    ["sitemap.xml", sitemap(site, listed)],
  ]);
  for (const page of listed) files.set(`${page.url}index.md`, markdownVersion(page));
  return files;
}

function markdownVersion({ url, markdown }: RenderedPage): string {
  const root = relativeRoot(url);
  return `${withoutContainers(markdown)
    .trim()
    .replaceAll("](/", `](${root}`)
    .replace(/ \{#[\w-]+\}$/gm, "")}\n`;
}

/** In the format of Netlify, Cloudflare Pages and others. */
function hostHeaders(): string {
  const lines = Object.entries(SECURITY_HEADERS).map(([name, value]) => `  ${name}: ${value}`);
  return `/*\n${lines.join("\n")}\n  Cache-Control: ${PAGE_CACHING}\n\n/assets/*\n  ! Cache-Control\n  Cache-Control: ${ASSET_CACHING}\n`;
}

/** See https://llmstxt.org. */
function llmsIndex(site: Site, pages: readonly RenderedPage[]): string {
  const links = pages.map(
    ({ url, title, description }) => `- [${title}](${site.url}${url}index.md): ${description}`,
  );
  return `# ${site.title}\n\n> ${site.summary}\n\n## Pages\n\n${links.join("\n")}\n\n## Optional\n\n- [OpenAPI description](${site.url}openapi.yaml): all of the API in one file\n`;
}

function sitemap(site: Site, pages: readonly RenderedPage[]): string {
  const urls = pages.map(({ url }) => `  <url><loc>${new URL(url, site.url).href}</loc></url>`);
  return `<?xml version="1.0" encoding="UTF-8"?>\n<urlset xmlns="http://www.sitemaps.org/schemas/sitemap/0.9">\n${urls.join("\n")}\n</urlset>\n`;
}

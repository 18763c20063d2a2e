import { readFileSync, statSync } from "node:fs";
import { fileURLToPath } from "node:url";

/** The folder with the built site. */
export const DIST: string = fileURLToPath(new URL("../../dist/", import.meta.url));

/** How long a page is, in bytes. */
export function sizeOf(url: string): number {
  return statSync(DIST + (url.endsWith("/") || url === "" ? `${url}index.html` : url)).size;
}

/** The addresses of all pages in the sitemap, relative to the site's root, and the 404 page. */
export function listPageUrls(): string[] {
  const locations = [...readFileSync(`${DIST}sitemap.xml`, "utf8").matchAll(/<loc>([^<]*)<\/loc>/g)];
  return [...locations.map(([, location]) => new URL(location ?? "").pathname.slice(1)), "404.html"];
}

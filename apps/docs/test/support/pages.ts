import { readFileSync } from "node:fs";
import { fileURLToPath } from "node:url";

/** The folder that the build has filled. */
export const DIST: string = fileURLToPath(new URL("../../dist/", import.meta.url));

/** The addresses of all pages, from the site's root, as the sitemap lists them; and the page for what is missing. */
export function listPageUrls(): string[] {
  const locations = [...readFileSync(`${DIST}sitemap.xml`, "utf8").matchAll(/<loc>([^<]*)<\/loc>/g)];
  return [...locations.map(([, location]) => new URL(location ?? "").pathname.slice(1)), "404.html"];
}

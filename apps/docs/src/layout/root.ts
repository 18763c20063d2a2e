/** The relative path from a page to the site's root. With it, links work below any path. */
export function relativeRoot(url: string): string {
  return "../".repeat(url.split("/").length - 1) || "./";
}

/** The prefix of a page's links, on a site at `site`. */
export function pageRoot(url: string, site: string): string {
  // A host shows the 404 page at any depth, so its links can't be relative.
  return url.endsWith(".html") ? new URL(site).pathname : relativeRoot(url);
}

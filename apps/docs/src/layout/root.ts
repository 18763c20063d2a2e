/** The way from a page to the site's root: links by it work below any path. */
export function relativeRoot(url: string): string {
  return "../".repeat(url.split("/").length - 1) || "./";
}

/** What the links of a page lead from, on a site at `site`. */
export function pageRoot(url: string, site: string): string {
  // A host shows the page of what is missing at any depth, so its links can't be relative.
  return url.endsWith(".html") ? new URL(site).pathname : relativeRoot(url);
}

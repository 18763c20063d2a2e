/** The way from a page to the site's root: links by it work below any path. */
export function relativeRoot(url: string): string {
  return "../".repeat(url.split("/").length - 1) || "./";
}

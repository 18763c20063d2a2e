/** Replaces the version until the first release. */
export const NOT_PUBLISHED = "not published yet";

const BLOCK = /^```.*\n[\s\S]*?^```$/gm;
const INSTALLS = /\bnpx (-p )?@dots-payouts\/|\bnpm install (--\S+ )?@dots-payouts\//;

/** What readers have to know before `npm install` and `npx`, in Markdown. Empty once the packages are on npm. */
export function notPublishedNote({ packages }: { readonly packages: string }): string {
  return packages === NOT_PUBLISHED
    ? "The packages are not on npm yet: [build them yourself](/guides/getting-started/#build-the-packages)."
    : "";
}

/** The page with that note before its first code block that installs a package. */
export function withNotPublishedNote<P extends { readonly markdown: string }>(
  page: P,
  site: { readonly packages: string },
): P {
  const note = notPublishedNote(site);
  const first = [...page.markdown.matchAll(BLOCK)].find(([block]) => INSTALLS.test(block));
  if (note === "" || first === undefined) return page;
  const before = page.markdown.slice(0, first.index);
  return { ...page, markdown: `${before}${note}\n\n${page.markdown.slice(first.index)}` };
}

/** What a reader has to know before `npm install` and `npx`, in Markdown. Nothing once the packages are on npm. */
export function notPublishedNote({ packages }: { readonly packages: string }): string {
  return packages === NOT_PUBLISHED
    ? "The packages are [not on npm yet](/guides/getting-started/#until-the-packages-are-on-npm)."
    : "";
}

/** What is shown instead of a version until the first release. */
export const NOT_PUBLISHED = "not published yet";

import { posix } from "node:path";
import { listPublishedPackages, type PublishedPackage } from "../site/repository.ts";
import type { Page } from "../site/site.ts";

/** A page for each published package, from its readme, and one that lists them. */
export function packagePages(): Page[] {
  const packages = listPublishedPackages();
  const list: Page = {
    url: "packages/",
    title: "Packages",
    description: "What is published on npm, and what each package is for.",
    markdown: `# Packages

All packages share one version number: see [Versions](/guides/versions/).

${packages.map((each) => `- [${each.name}](/${packageUrl(each)})  \n  ${each.description}`).join("\n")}
`,
  };
  const pages = packages.map((each, index) => ({
    url: packageUrl(each),
    title: each.name,
    description: each.description,
    order: index + 1,
    source: `${each.folder}/README.md`,
    markdown: moveLinks(each.readme, each.folder, packages),
  }));
  return [list, ...pages];
}

function packageUrl({ name }: PublishedPackage): string {
  return `packages/${name.replace(/^@[^/]*\//, "")}/`;
}

/**
 * Turns links between READMEs and to guides into links between pages. For links to other files, only the text is
 * kept.
 */
function moveLinks(markdown: string, folder: string, packages: readonly PublishedPackage[]): string {
  return markdown.replace(/\[([^\]]+)\]\((?!https?:|#)([^)\s]+)\)/g, (_link, words: string, path: string) => {
    const target = posix.join(folder, path).replace(/(\/README\.md)?\/?(#.*)?$/, "");
    const [, guide] = /^apps\/docs\/content\/(guides\/[^.]+)\.md$/.exec(target) ?? [];
    if (guide !== undefined) return `[${words}](/${guide}/${/#.*$/.exec(path)?.[0] ?? ""})`;
    const page = packages.find((each) => each.folder === target);
    return page === undefined ? words : `[${words}](/${packageUrl(page)})`;
  });
}

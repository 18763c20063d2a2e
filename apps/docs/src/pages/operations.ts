import { operationMarkdown, operationSummary } from "../describe/operation-markdown.ts";
import { operationUrl } from "../site/operation-address.ts";
import { shownTogether } from "../site/shown-together.ts";
import type { Page, Site } from "../site/site.ts";

/** A page for each operation: its fields, its responses, and samples that can be run as they are. */
export function operationPages(site: Site): Page[] {
  const withAll = shownTogether(site.operations);
  return site.operations.map((operation, index) => ({
    url: operationUrl(operation),
    title: operation.summary ?? operation.id,
    description: firstSentence(operation.description) ?? `${operation.method} ${operation.path}`,
    order: index + 1,
    group: operation.tags[0] ?? "Other",
    width: "broad",
    keywords: [operation.id, operation.client ?? "", operation.path].join(" "),
    markdown: `# ${operation.summary ?? operation.id}

[Try it](/try/#${operation.id}) · [In the one-page reference](/reference/#${operation.id})

${operationMarkdown(site.document, operation, { withAll })}
`,
  }));
}

/** All operations on one page, to print or to search with the browser. Not built if there are too many. */
export function printPages(site: Site): Page[] {
  if (!shownTogether(site.operations)) return [];
  return [
    {
      url: "reference/all/",
      title: "All operations on one page",
      description: "Every operation, field, answer and error, to be printed or searched by your browser.",
      order: 0,
      isSearched: false,
      markdown: `# All operations on one page

${site.operations
  .map(
    (operation) => `## ${operation.summary ?? operation.id} {#${operation.id}}

[Samples](/${operationUrl(operation)})

${operationSummary(site.document, operation)}`,
  )
  .join("\n\n")}
`,
    },
  ];
}

function firstSentence(text: string | undefined): string | undefined {
  const plain = text?.replace(/\s+/g, " ").replace(/[`*]/g, "").trim();
  return plain === undefined ? undefined : (/^.*?[.!?](?=\s|$)/.exec(plain)?.[0] ?? plain);
}

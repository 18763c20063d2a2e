import { operationMarkdown } from "../describe/operation-markdown.ts";
import { operationUrl, redocRoute } from "../site/operation-address.ts";
import type { Page, Site } from "../site/site.ts";

/** A page for each operation: its fields, its answers, and samples that run as they stand. */
export function operationPages(site: Site): Page[] {
  return site.operations.map((operation, index) => ({
    url: operationUrl(operation),
    title: operation.summary ?? operation.id,
    description: firstSentence(operation.description) ?? `${operation.method} ${operation.path}`,
    order: index + 1,
    group: operation.tags[0] ?? "Other",
    markdown: `# ${operation.summary ?? operation.id}

[Try it](/try/#${operation.id}) · [In the reference](/reference/#${redocRoute(operation)})

${operationMarkdown(site.document, operation, { level: 2, samples: true })}
`,
  }));
}

function firstSentence(text: string | undefined): string | undefined {
  const plain = text?.replace(/\s+/g, " ").replace(/[`*]/g, "").trim();
  return plain === undefined ? undefined : (/^.*?[.!?](?=\s|$)/.exec(plain)?.[0] ?? plain);
}

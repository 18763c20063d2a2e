import type { Operation } from "@dots-payouts/openapi";
import type { Page, Site } from "../build/site.ts";
import { operationMarkdown } from "../describe/operation-markdown.ts";
import { redocRoute } from "./redoc-route.ts";

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

/** The address of an operation's own page, from the site's root. */
export function operationUrl(operation: Operation): string {
  const words = operation.id.replace(/([a-z\d])([A-Z])/g, "$1-$2").replace(/[^A-Za-z\d]+/g, "-");
  return `reference/${words.replace(/^-|-$/g, "").toLowerCase()}/`;
}

function firstSentence(text: string | undefined): string | undefined {
  const plain = text?.replace(/\s+/g, " ").replace(/[`*]/g, "").trim();
  return plain === undefined ? undefined : (/^.*?[.!?](?=\s|$)/.exec(plain)?.[0] ?? plain);
}

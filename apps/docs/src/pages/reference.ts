import { operationMarkdown } from "../describe/operation-markdown.ts";
import { operationUrl, redocRoute } from "../site/operation-address.ts";
import { shownTogether } from "../site/shown-together.ts";
import type { Page, Site } from "../site/site.ts";
import { html } from "./html.ts";
import { operationList } from "./operation-list.ts";

/**
 * The reference by Redoc. Until that is there, and for readers without JavaScript, all of it in plain HTML; of many
 * operations, links to their pages.
 */
export function referencePage(site: Site): Page {
  const asset = (name: string): string => `../${site.assets.get(name) ?? name}`;
  const routes = Object.fromEntries(
    site.operations.map((operation) => [operation.id, redocRoute(operation)]),
  );
  return {
    url: "reference/",
    title: "Reference",
    description: `Every operation, field and answer of the ${site.title}.`,
    scripts: ["reference.js"],
    styles: ["reference.css"],
    width: "full",
    // What the script is going to ask for is on its way before the script is.
    before: html`<link rel="modulepreload" href="${asset("redoc.js")}">
<link rel="preload" as="fetch" crossorigin href="${asset("reference.json")}">
<div hidden data-redoc="${asset("redoc.js")}" data-spec="${asset("reference.json")}"
data-routes="${JSON.stringify(routes)}"></div>`.text,
    markdown: `# ${site.title}

${site.summary}

${site.description.trim()}

## Servers

${site.servers.map(({ url, description }) => `- \`${url}\`  \n  ${description ?? ""}`).join("\n")}

${shownTogether(site.operations) ? wholeOperations(site) : `## Operations\n\n${operationList(site.operations)}`}
`,
  };
}

function wholeOperations({ document, operations }: Site): string {
  return operations
    .map(
      (operation) => `## ${operation.summary ?? operation.id} {#${operation.id}}

[Samples in four languages](/${operationUrl(operation)}#${operation.id}-samples)

${operationMarkdown(document, operation, { level: 3, samples: false })}`,
    )
    .join("\n\n");
}

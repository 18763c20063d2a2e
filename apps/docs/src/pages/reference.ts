import { html } from "../layout/html.ts";
import { operationUrl, redocRoute } from "../site/operation-address.ts";
import { shownTogether } from "../site/shown-together.ts";
import type { Page, Site } from "../site/site.ts";
import { operationList } from "./operation-list.ts";

/**
 * The reference in Redoc. Until Redoc is loaded, and without JavaScript, the page shows an introduction and links.
 */
export function referencePage(site: Site): Page {
  const asset = (name: string): string => `../${site.assets.get(name) ?? name}`;
  const routes = Object.fromEntries(
    site.operations.map((operation) => [operation.id, redocRoute(operation)]),
  );
  const printable = shownTogether(site.operations);
  return {
    url: "reference/",
    title: "Reference",
    description: `Every operation, field and answer of the ${site.title}.`,
    scripts: ["reference.js"],
    styles: ["reference.css"],
    width: "full",
    // Preload what the script will request.
    before: html`<link rel="modulepreload" href="${asset("redoc.js")}">
<link rel="preload" as="fetch" crossorigin href="${asset("reference.json")}">
<div hidden data-redoc="${asset("redoc.js")}" data-spec="${asset("reference.json")}"
data-routes="${JSON.stringify(routes)}"></div>`.text,
    markdown: `# ${site.title}

${site.summary}

${site.description.trim()}

## Servers

${site.servers.map(({ url, description }) => `- \`${url}\`  \n  ${description ?? ""}`).join("\n")}

## Operations

${printable ? "[All operations on one page](/reference/all/), to be printed or read without JavaScript.\n\n" : ""}${printable ? linkedHeadings(site) : operationList(site.operations)}
`,
  };
}

/** Headings with the IDs of operations, so that links to operations work with and without Redoc. */
function linkedHeadings({ operations }: Site): string {
  return operations
    .map(
      (operation) =>
        `### [${operation.summary ?? operation.id}](/${operationUrl(operation)}) {#${operation.id}}\n\n\`${operation.method} ${operation.path}\``,
    )
    .join("\n\n");
}

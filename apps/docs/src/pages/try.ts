import { html } from "../layout/html.ts";
import { notPublishedNote } from "../site/not-published.ts";
import { operationUrl } from "../site/operation-address.ts";
import type { Page, Site } from "../site/site.ts";

/** The console. Without JavaScript, the page links to alternatives. */
export function tryPage(site: Site): Page {
  return {
    url: "try/",
    title: "Try it",
    description: "Fill in a request, send it to the mock on your machine, and read the answer.",
    scripts: ["try.js"],
    styles: ["console.css"],
    width: "broad",
    markdown: `# Try it

Fill in a request, send it to the mock on your machine, and read the answer. Start the mock with
\`npx @dots-payouts/mock\`, or run \`pnpm start\` in a clone of the repository. This page can only talk to your own
machine, and forgets what you type when you leave. ${notPublishedNote(site)}
`,
    after: html`<div data-console="../${site.assets.get("console.json")}" data-root="../">
<noscript><p>The form needs JavaScript. Each operation's page has the same requests, ready to copy:</p>
<ul>${site.operations.map((operation) => html`<li><a href="../${operationUrl(operation)}">${operation.summary ?? operation.id}</a></li>`)}</ul></noscript>
</div>`.text,
  };
}

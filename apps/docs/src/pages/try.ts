import { notPublishedNote } from "../site/not-published.ts";
import { operationUrl } from "../site/operation-address.ts";
import type { Page, Site } from "../site/site.ts";
import { html } from "./html.ts";

/** The console. Without JavaScript the page says what else there is. */
export function tryPage(site: Site): Page {
  return {
    url: "try/",
    title: "Try it",
    description: "Fill in a request, send it to the mock on your machine, and read the answer.",
    scripts: ["try.js"],
    styles: ["console.css"],
    width: "broad",
    markdown: `# Try it

Fill in a request, send it to the mock on your machine, and read the answer. \`npx @dots-payouts/mock\` starts the mock;
\`pnpm start\` in a clone of the repository has it running. Nothing goes anywhere else: this page may talk to your own
machine only. What you type is gone when you leave. ${notPublishedNote(site)}
`,
    after: html`<div data-console="../${site.assets.get("console.json")}" data-root="../">
<noscript><p>The form needs JavaScript. The same requests stand, ready to be pasted, with each operation:</p>
<ul>${site.operations.map((operation) => html`<li><a href="../${operationUrl(operation)}">${operation.summary ?? operation.id}</a></li>`)}</ul></noscript>
</div>`.text,
  };
}

import type { Page, Site } from "../build/site.ts";
import { html } from "./html.ts";
import { redocRoute } from "./redoc-route.ts";

/** The reference by Redoc. Until that is there, and for readers without JavaScript, the operations in plain HTML. */
export function referencePage(site: Site): Page {
  const asset = (name: string): string => `../${site.assets.get(name) ?? name}`;
  return {
    url: "reference/",
    title: "Reference",
    description: `Every operation, field and answer of the ${site.title}.`,
    scripts: ["reference.js"],
    body: html`<div hidden data-redoc="${asset("redoc.js")}" data-spec="${asset("reference.json")}"></div>
<div class="prose" data-plain-reference>
<h1>${site.title}</h1>
${site.operations.map(
  (operation) => html`<section id="${operation.id}" data-route="${redocRoute(operation)}">
<h2>${operation.summary ?? operation.id}</h2>
<p><code>${operation.method} ${operation.path}</code></p>
<p>${operation.description}</p>
</section>`,
)}
</div>`.text,
  };
}

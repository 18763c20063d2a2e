import type { Page, Site } from "../build/site.ts";
import { html } from "./html.ts";

export function startPage(site: Site): Page {
  return {
    url: "",
    title: site.title,
    description: site.summary,
    body: html`<div class="prose">
<h1>${site.title}</h1>
<p class="lead">${site.summary}</p>
<h2>Operations</h2>
<ul>${site.operations.map(
      (operation) =>
        html`<li><a href="reference/#${operation.id}">${operation.summary ?? operation.id}</a>
<code>${operation.method} ${operation.path}</code></li>`,
    )}</ul>
<p><a href="reference/">Read the whole reference</a></p>
</div>`.text,
  };
}

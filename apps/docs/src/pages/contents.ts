import type { Heading } from "../markdown/headings.ts";
import { type Html, html } from "./html.ts";

/** The table of contents of a page, as links. Empty for a short page. */
export function contentsOf(headings: readonly Heading[]): Html | string {
  const listed = headings.filter(({ level }) => level === 2 || level === 3);
  if (listed.filter(({ level }) => level === 2).length < 2) return "";
  return html`<nav class="contents" aria-label="On this page">
<p>On this page</p>
<ul>${listed.map(({ level, id, text }) => html`<li class="level-${level}"><a href="#${id}">${text}</a></li>`)}</ul>
</nav>`;
}

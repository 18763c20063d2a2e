import type MarkdownIt from "markdown-it";

/**
 * Tables can be reached by keyboard, as they may scroll. Each cell carries the heading of its column, which a phone shows
 * beside it: there a row is a block of lines.
 */
export function addTables(markdown: MarkdownIt): void {
  markdown.core.ruler.push("table-labels", ({ tokens }) => {
    let labels: string[] = [];
    let column = 0;
    for (const [index, { type }] of tokens.entries()) {
      if (type === "table_open") labels = [];
      if (type === "tr_open") column = 0;
      if (type === "th_open") labels.push(textOf(tokens[index + 1]?.children ?? []));
      if (type !== "td_open") continue;
      const label = labels[column] ?? "";
      // What begins a row names it.
      if (column > 0 && label !== "") tokens[index]?.attrSet("data-label", label);
      column += 1;
    }
  });
  markdown.renderer.rules["table_open"] = () =>
    '<div class="table" tabindex="0" role="region" aria-label="Table"><table>\n';
  markdown.renderer.rules["table_close"] = () => "</table></div>\n";
}

function textOf(children: readonly { readonly content: string }[]): string {
  return children
    .map(({ content }) => content)
    .join("")
    .trim();
}

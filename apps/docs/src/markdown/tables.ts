import type MarkdownIt from "markdown-it";

/**
 * Makes tables reachable by keyboard, because they may scroll. Each cell contains its column's heading, which is
 * shown on a phone, where each row becomes a block of lines.
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
      // The first cell is the heading of its row.
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

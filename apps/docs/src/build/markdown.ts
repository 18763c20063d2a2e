import { memoize } from "@dots-payouts/openapi";
import hljs from "highlight.js/lib/core";
import bash from "highlight.js/lib/languages/bash";
import http from "highlight.js/lib/languages/http";
import javascript from "highlight.js/lib/languages/javascript";
import json from "highlight.js/lib/languages/json";
import python from "highlight.js/lib/languages/python";
import typescript from "highlight.js/lib/languages/typescript";
import yaml from "highlight.js/lib/languages/yaml";
import MarkdownIt from "markdown-it";

hljs.registerLanguage("sh", bash);
hljs.registerLanguage("http", http);
hljs.registerLanguage("js", javascript);
hljs.registerLanguage("json", json);
hljs.registerLanguage("python", python);
hljs.registerLanguage("ts", typescript);
hljs.registerLanguage("yaml", yaml);

const EXPLICIT_ID = /\s*\{#([\w-]+)\}$/;

/**
 * Markdown as this site writes it: headings have IDs (`## Text {#id}` chooses one), code is coloured, and the words
 * after a block's language become its label.
 */
export function createMarkdown(): MarkdownIt {
  const markdown = new MarkdownIt({ html: false, typographer: false });
  // A text that is indented is no code.
  markdown.disable("code");
  markdown.core.ruler.push("heading-ids", ({ tokens }) => {
    const used = new Set<string>();
    for (const [index, token] of tokens.entries()) {
      const inline = tokens[index + 1];
      if (token.type !== "heading_open" || inline?.children == null) continue;
      const chosen = EXPLICIT_ID.exec(inline.content)?.[1];
      if (chosen !== undefined) {
        inline.content = inline.content.replace(EXPLICIT_ID, "");
        const last = inline.children.at(-1);
        if (last !== undefined) last.content = last.content.replace(EXPLICIT_ID, "");
      }
      token.attrSet("id", unique(chosen ?? headingId(inline.content), used));
    }
  });
  // Operations share their failures, and so the examples of them.
  const colouring = memoize((language: string) =>
    memoize((code: string) => hljs.highlight(code, { language }).value),
  );
  markdown.renderer.rules.fence = (tokens, index) => {
    const token = tokens[index];
    const [language = "", ...label] = (token?.info ?? "").trim().split(/\s+/);
    const code = (token?.content ?? "").replace(/\n$/, "");
    const shown =
      hljs.getLanguage(language) === undefined ? markdown.utils.escapeHtml(code) : colouring(language)(code);
    const name = markdown.utils.escapeHtml(label.join(" "));
    const caption = name === "" ? "" : `<figcaption>${name}</figcaption>`;
    const described = name === "" ? "Code" : name;
    // A block that scrolls has to be reachable by keyboard.
    return `<figure class="code"${name === "" ? "" : ` data-label="${name}"`}>${caption}<pre tabindex="0" role="region" aria-label="${described}"><code>${shown}</code></pre></figure>\n`;
  };
  const table = {
    open: '<div class="table" tabindex="0" role="region" aria-label="Table"><table>\n',
    close: "</table></div>\n",
  };
  markdown.renderer.rules["table_open"] = () => table.open;
  markdown.renderer.rules["table_close"] = () => table.close;
  return markdown;
}

function headingId(text: string): string {
  const id = text
    .toLowerCase()
    .replace(/[^\p{L}\p{N}\s-]/gu, "")
    .trim()
    .replace(/\s+/g, "-");
  return id === "" ? "section" : id;
}

function unique(id: string, used: Set<string>): string {
  let candidate = id;
  for (let count = 2; used.has(candidate); count += 1) candidate = `${id}-${count}`;
  used.add(candidate);
  return candidate;
}

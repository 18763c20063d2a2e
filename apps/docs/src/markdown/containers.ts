import type MarkdownIt from "markdown-it";
import type Token from "markdown-it/lib/token.mjs";

const OPEN = /^:::\s*([a-z][a-z-]*)$/;
const SAMPLES = "samples";

/** A Markdown text without the lines that open and close containers. */
export function withoutContainers(markdown: string): string {
  return markdown.replace(/^:::.*\n/gm, "");
}

/**
 * `::: name` opens a `<div>` with that class, and `:::` closes it. `::: samples` contains the same code in several
 * languages.
 */
export function addContainers(markdown: MarkdownIt): void {
  markdown.block.ruler.before(
    "fence",
    "container",
    (state, line, _end, silent) => {
      const start = (state.bMarks[line] ?? 0) + (state.tShift[line] ?? 0);
      const text = state.src.slice(start, state.eMarks[line]).trim();
      const name = OPEN.exec(text)?.[1];
      if (name === undefined && text !== ":::") return false;
      if (silent) return true;
      const token = state.push(
        name === undefined ? "container_close" : "container_open",
        "div",
        name === undefined ? -1 : 1,
      );
      token.block = true;
      if (name !== undefined) {
        token.attrSet("class", name);
        token.info = name;
      }
      state.line = line + 1;
      return true;
    },
    { alt: ["paragraph", "blockquote", "list"] },
  );
  markdown.core.ruler.push("samples", ({ tokens }) => {
    let group = 0;
    for (const [index, token] of tokens.entries()) {
      if (token.type !== "container_open" || token.info !== SAMPLES) continue;
      token.meta = nameTabs(tokens.slice(index), group);
      group += 1;
    }
  });
  markdown.renderer.rules["container_open"] = (tokens, index, options, _env, self) => {
    const token = tokens[index];
    const html = self.renderToken(tokens, index, options);
    return token?.info === SAMPLES ? `${html}${tabList(token.meta, markdown.utils.escapeHtml)}` : html;
  };
}

interface Tab {
  readonly label: string;
  readonly panel: string;
}

/** Gives each code block in a group of samples the ID of a panel, and lists the tabs for the panels. */
function nameTabs(tokens: readonly Token[], group: number): Tab[] {
  const end = tokens.findIndex(({ type }) => type === "container_close");
  return tokens
    .slice(0, end)
    .filter(({ type }) => type === "fence")
    .map((fence, index) => {
      const panel = `sample-${group}-${index}`;
      fence.meta = panel;
      return { label: fence.info.trim().replace(/^\S+\s*/, ""), panel };
    });
}

/** Without JavaScript, the tabs would not work. They are hidden, and all samples are shown below each other. */
function tabList(tabs: readonly Tab[], escapeHtml: (text: string) => string): string {
  const buttons = tabs.map(
    ({ label, panel }) =>
      `<button type="button" role="tab" id="tab-${panel}" aria-controls="${panel}">${escapeHtml(label)}</button>`,
  );
  return `<div class="tabs" role="tablist" aria-label="Language">${buttons.join("")}</div>\n`;
}

import { createHighlighter, isHighlighted } from "./highlight-code.ts";

interface CodeBlock {
  /** The language, and the label after it. */
  readonly info: string;
  readonly content: string;
  /** The ID of the block's panel, if it is one of several samples. */
  readonly panel: string | undefined;
}

/** Renders code blocks as HTML. */
export function codeRenderer(escapeHtml: (text: string) => string): (block: CodeBlock) => string {
  const color = createHighlighter();
  return ({ info, content, panel }) => {
    const [language = "", ...words] = info.trim().split(/\s+/);
    const code = content.replace(/\n$/, "");
    const shown = isHighlighted(language) ? color(code, language) : escapeHtml(code);
    const label = escapeHtml(words.join(" "));
    const caption = label === "" ? "" : `<figcaption>${label}</figcaption>`;
    const about = [
      ...(label === "" ? [] : [` data-label="${label}"`]),
      ...(panel === undefined ? [] : [` id="${panel}"`]),
    ].join("");
    // A block that scrolls must be reachable by keyboard.
    return `<figure class="code"${about}>${caption}<pre tabindex="0" role="region" aria-label="${label === "" ? "Code" : label}"><code>${shown}</code></pre></figure>\n`;
  };
}

import { colourer, isColoured } from "./colour-code.ts";

interface CodeBlock {
  /** The language, and the label after it. */
  readonly info: string;
  readonly content: string;
  /** The ID of the panel that the block is among samples. */
  readonly panel: string | undefined;
}

/** Makes HTML of code blocks. */
export function codeRenderer(escapeHtml: (text: string) => string): (block: CodeBlock) => string {
  const colour = colourer();
  return ({ info, content, panel }) => {
    const [language = "", ...words] = info.trim().split(/\s+/);
    const code = content.replace(/\n$/, "");
    const shown = isColoured(language) ? colour(code, language) : escapeHtml(code);
    const label = escapeHtml(words.join(" "));
    const caption = label === "" ? "" : `<figcaption>${label}</figcaption>`;
    const about = [
      ...(label === "" ? [] : [` data-label="${label}"`]),
      ...(panel === undefined ? [] : [` id="${panel}"`]),
    ].join("");
    // A block that scrolls has to be reachable by keyboard.
    return `<figure class="code"${about}>${caption}<pre tabindex="0" role="region" aria-label="${label === "" ? "Code" : label}"><code>${shown}</code></pre></figure>\n`;
  };
}

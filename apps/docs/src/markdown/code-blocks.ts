import hljs from "highlight.js/lib/core";
import bash from "highlight.js/lib/languages/bash";
import go from "highlight.js/lib/languages/go";
import http from "highlight.js/lib/languages/http";
import javascript from "highlight.js/lib/languages/javascript";
import json from "highlight.js/lib/languages/json";
import python from "highlight.js/lib/languages/python";
import typescript from "highlight.js/lib/languages/typescript";
import yaml from "highlight.js/lib/languages/yaml";

hljs.registerLanguage("sh", bash);
hljs.registerLanguage("go", go);
hljs.registerLanguage("http", http);
hljs.registerLanguage("js", javascript);
hljs.registerLanguage("json", json);
hljs.registerLanguage("python", python);
hljs.registerLanguage("ts", typescript);
hljs.registerLanguage("yaml", yaml);

interface CodeBlock {
  /** The language, and the label after it. */
  readonly info: string;
  readonly content: string;
  /** The ID of the block's panel, if it is one of several samples. */
  readonly panel: string | undefined;
}

/**
 * Renders code blocks as HTML. Operations share the examples of their failures, so each block is only highlighted
 * once.
 */
export function codeRenderer(escapeHtml: (text: string) => string): (block: CodeBlock) => string {
  const colored = new Map<string, string>();
  const color = (code: string, language: string): string => {
    const key = `${language}\n${code}`;
    const known = colored.get(key) ?? hljs.highlight(code, { language }).value;
    colored.set(key, known);
    return known;
  };
  return ({ info, content, panel }) => {
    const [language = "", ...words] = info.trim().split(/\s+/);
    const code = content.replace(/\n$/, "");
    const shown = hljs.getLanguage(language) === undefined ? escapeHtml(code) : color(code, language);
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

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

/** Whether code in a language is highlighted. */
export function isHighlighted(language: string): boolean {
  return hljs.getLanguage(language) !== undefined;
}

/**
 * Highlights code, each line once: the samples of all operations have most lines in common. A line that ends inside of
 * something, such as a text over several lines, is highlighted together with the next ones.
 */
export function createHighlighter(): (code: string, language: string) => string {
  const known = new Map<string, Highlighted>();
  const highlightOnce = (code: string, language: string): Highlighted => {
    const key = `${language}\n${code}`;
    const highlighted = known.get(key) ?? highlight(code, language);
    known.set(key, highlighted);
    return highlighted;
  };
  return (code, language) => {
    const done: string[] = [];
    let open = "";
    const lines = code.split("\n");
    for (const [index, line] of lines.entries()) {
      open += line;
      if (index + 1 < lines.length) open += "\n";
      const { html, isWhole } = highlightOnce(open, language);
      if (!isWhole && index + 1 < lines.length) continue;
      done.push(html);
      open = "";
    }
    return done.join("");
  };
}

interface Highlighted {
  readonly html: string;
  /** Whether what follows is highlighted as if nothing were before it. */
  readonly isWhole: boolean;
}

function highlight(code: string, language: string): Highlighted {
  const { value, _top: mode } = hljs.highlight(code, { language });
  return { html: value, isWhole: mode !== undefined && !("parent" in mode && mode.parent !== undefined) };
}

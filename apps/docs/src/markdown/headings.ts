import type MarkdownIt from "markdown-it";
import type Token from "markdown-it/lib/token.mjs";

const EXPLICIT_ID = /\s*\{#([\w-]+)\}$/;

/** A heading of a page. */
export interface Heading {
  readonly level: number;
  readonly id: string;
  readonly text: string;
}

/** Gives every heading an ID and a link to itself. */
export function addHeadingIds(markdown: MarkdownIt): void {
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
  markdown.renderer.rules["heading_close"] = (tokens, index, options, _env, self) => {
    const open = tokens.slice(0, index).findLast(({ type }) => type === "heading_open");
    const id = open?.attrGet("id");
    const link =
      open?.tag === "h1" || id == null
        ? ""
        : `<a class="heading-link" href="#${id}" aria-label="Link to this section"></a>`;
    return link + self.renderToken(tokens, index, options);
  };
}

/** The headings in the tokens of a page. */
export function headingsIn(tokens: readonly Token[]): Heading[] {
  return tokens.flatMap((token, index) => {
    if (token.type !== "heading_open") return [];
    const text = plainText(tokens[index + 1]);
    return [{ level: Number(token.tag.slice(1)), id: token.attrGet("id") ?? "", text }];
  });
}

/** The text of an inline token, without formatting. */
export function plainText(token: Token | undefined): string {
  return (token?.children ?? [])
    .map(({ type, content }) => (type === "softbreak" || type === "hardbreak" ? " " : content))
    .join("");
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

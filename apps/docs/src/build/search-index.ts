import type Token from "markdown-it/lib/token.mjs";
import { createMarkdown } from "../markdown/create-markdown.ts";
import { plainText } from "../markdown/headings.ts";
import { shownTogether } from "../site/shown-together.ts";
import type { Page } from "../site/site.ts";

/** A section of a page in the search index. */
export interface SearchEntry {
  /** From the site's root, with the ID of the heading. */
  readonly url: string;
  readonly title: string;
  /** The section's heading; empty for the beginning of a page. */
  readonly heading: string;
  readonly text: string;
  readonly keywords: string;
}

/** Long sections are cut: their beginning says what they are about, and the index stays small. */
const LONGEST = 1500;

/**
 * The search index: every section of every page, or, if there are very many pages, only their titles and
 * descriptions.
 */
export function searchIndex(pages: readonly Page[]): SearchEntry[] {
  const searched = pages.filter(({ url, isSearched = true }) => isSearched && !url.endsWith(".html"));
  const inParts = shownTogether(searched.filter(({ group }) => group !== undefined));
  const markdown = createMarkdown();
  return searched.flatMap((page) => {
    const whole = { url: page.url, title: page.title, heading: "", keywords: page.keywords ?? "" };
    if (page.group !== undefined && !inParts) return [{ ...whole, text: page.description }];
    const [first, ...parts] = partsOf(markdown.parse(page.markdown, {}));
    return [
      { ...whole, text: `${page.description} ${first?.text ?? ""}`.slice(0, LONGEST) },
      ...parts.map(({ id, heading, text }) => ({
        url: `${page.url}#${id}`,
        title: page.title,
        heading,
        text: text.slice(0, LONGEST),
        keywords: "",
      })),
    ];
  });
}

interface Part {
  readonly id: string;
  readonly heading: string;
  text: string;
}

function partsOf(tokens: readonly Token[]): Part[] {
  const parts: Part[] = [{ id: "", heading: "", text: "" }];
  for (const [index, token] of tokens.entries()) {
    if (token.type === "heading_open" && token.tag !== "h1") {
      parts.push({ id: token.attrGet("id") ?? "", heading: plainText(tokens[index + 1]), text: "" });
    }
    const part = parts.at(-1);
    if (part === undefined || token.type !== "inline" || tokens[index - 1]?.type === "heading_open") continue;
    part.text += `${part.text === "" ? "" : " "}${plainText(token)}`;
  }
  return parts;
}

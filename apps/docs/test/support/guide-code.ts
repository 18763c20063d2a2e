import { readdirSync, readFileSync } from "node:fs";
import { fileURLToPath } from "node:url";
import MarkdownIt from "markdown-it";

const GUIDES = fileURLToPath(new URL("../../content/guides/", import.meta.url));

/** A block of code in a guide. */
export interface GuideCode {
  readonly guide: string;
  readonly language: string;
  /** The text after the language: a file name, if the block is a file. */
  readonly label: string;
  readonly code: string;
  /** The line of the guide where it starts. */
  readonly line: number;
}

/** All blocks of code in all guides. */
export function listGuideCode(): GuideCode[] {
  const markdown = new MarkdownIt();
  return readdirSync(GUIDES)
    .filter((name) => name.endsWith(".md"))
    .flatMap((name) =>
      markdown
        .parse(readFileSync(GUIDES + name, "utf8"), {})
        .filter(({ type }) => type === "fence")
        .map((token) => {
          const [language = "", label = ""] = token.info.split(" ");
          return { guide: name, language, label, code: token.content, line: (token.map?.[0] ?? 0) + 1 };
        }),
    );
}

import MarkdownIt from "markdown-it";
import { codeRenderer } from "./code-blocks.ts";
import { addContainers } from "./containers.ts";
import { drawFan } from "./draw-fan.ts";
import { drawStates } from "./draw-states.ts";
import { addHeadingIds } from "./headings.ts";
import { addTables } from "./tables.ts";

/**
 * The site's Markdown. Headings have IDs (`## Text {#id}` sets one), code is highlighted, and the words after a
 * block's language are its label. `::: name` opens a container that `:::` closes, and blocks of the languages `fan`
 * and `states` are drawn as diagrams.
 */
export function createMarkdown(): MarkdownIt {
  const markdown = new MarkdownIt({ html: false, typographer: false });
  // Indented text is not code.
  markdown.disable("code");
  addHeadingIds(markdown);
  addContainers(markdown);
  const renderCode = codeRenderer(markdown.utils.escapeHtml);
  markdown.renderer.rules.fence = (tokens, index) => {
    const { info = "", content = "", meta } = tokens[index] ?? {};
    if (info.trim() === "fan") return drawFan(content, markdown.utils.escapeHtml);
    if (info.trim() === "states") return drawStates(content, markdown.utils.escapeHtml);
    return renderCode({ info, content, panel: typeof meta === "string" ? meta : undefined });
  };
  addTables(markdown);
  return markdown;
}

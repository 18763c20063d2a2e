import { fileURLToPath } from "node:url";
import Eleventy from "@11ty/eleventy";
import { layoutPage, type PageData } from "../pages/layout.ts";
import { listPages } from "../pages/list-pages.ts";
import { createMarkdown } from "./markdown.ts";
import type { Site } from "./site.ts";

const CONTENT = fileURLToPath(new URL("../../content/", import.meta.url));

/** A page as it was written: what sitemap, index and Markdown version are made from. */
export interface WrittenPage {
  /** Relative to the site's root, without a slash before it. */
  readonly url: string;
  readonly title: string;
  readonly description: string;
  readonly markdown: string;
}

/** Writes all pages below `folder`: those from `content/` and those that are made. */
export async function writePages(folder: string, site: Site): Promise<WrittenPage[]> {
  const written: WrittenPage[] = [];
  const eleventy = new Eleventy(CONTENT, folder, {
    quietMode: true,
    configPath: false,
    config: (config) => {
      config.setUseGitIgnore(false);
      config.setLibrary("md", createMarkdown());
      config.addGlobalData("layout", "page.11ty.js");
      config.addTemplate("_includes/page.11ty.js", (data: Omit<PageData, "site">) => {
        const { title, description, page } = data;
        written.push({ url: page.url.slice(1), title, description, markdown: page.rawInput });
        // Eleventy would merge what it is given with everything else, names like `__proto__` in it too.
        return layoutPage({ ...data, site });
      });
      for (const { markdown, ...page } of listPages(site)) {
        const file = page.url.endsWith("/") || page.url === "" ? `${page.url}index.html` : page.url;
        // Without the override, double braces in a description would be run as a template.
        const options = { permalink: `/${file}`, templateEngineOverride: "md" };
        config.addTemplate(`${file.replace(/\.html$/, "")}.md`, markdown, { ...page, ...options });
      }
      return { markdownTemplateEngine: false };
    },
  });
  eleventy.disableLogger();
  await eleventy.write();
  return written.sort((a, b) => (a.url < b.url ? -1 : 1));
}

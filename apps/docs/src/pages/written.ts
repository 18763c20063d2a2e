import { globSync, readFileSync } from "node:fs";
import { join, sep } from "node:path";
import { fileURLToPath } from "node:url";
import { isObject } from "@dots-payouts/openapi";
import { parse } from "yaml";
import type { Page } from "../site/site.ts";

const CONTENT = fileURLToPath(new URL("../../content/", import.meta.url));
const PARTS = /^---\r?\n([\s\S]*?)\r?\n---\r?\n([\s\S]*)$/;

/** The hand-written pages in `content/`. Each starts with YAML front matter. */
export function writtenPages(): Page[] {
  return globSync("**/*.md", { cwd: CONTENT }).map((file) => {
    const [, head = "", markdown = ""] = PARTS.exec(readFileSync(join(CONTENT, file), "utf8")) ?? [];
    const about: unknown = parse(head);
    const { title, description, order, keywords } = isObject(about) ? about : {};
    if (typeof title !== "string" || typeof description !== "string") {
      throw new Error(`${file} must start with a title and a description`);
    }
    const place = file.replaceAll(sep, "/").replace(/\.md$/, "/");
    const url = place.replace(/(^|\/)index\/$/, "$1");
    const source = `apps/docs/content/${file.replaceAll(sep, "/")}`;
    return {
      url,
      title,
      description,
      markdown,
      source,
      ...(typeof order === "number" ? { order } : {}),
      ...(typeof keywords === "string" ? { keywords } : {}),
    };
  });
}

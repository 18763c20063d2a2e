import { existsSync, readFileSync, statSync } from "node:fs";
import { join } from "node:path";
import { describe, expect, it } from "vitest";
import { listPublishedPackages } from "../src/site/repository.ts";
import { DIST, listPageUrls } from "./support/pages.ts";

const BASE = "http://site.test/below/a/path/";

/** The references of a page, as a browser at `BASE` would resolve them. */
function referencesOf(url: string): URL[] {
  const html = readFileSync(fileAt(url), "utf8");
  return [...html.matchAll(/\s(?:href|src|data-redoc|data-spec|data-console|data-root)="([^"{][^"]*)"/g)]
    .map(([, reference = ""]) => reference.replaceAll("&amp;", "&"))
    .filter((reference) => /^(\.|#|\/|https?:)/.test(reference))
    .map((reference) => new URL(reference, BASE + url));
}

function fileAt(url: string): string {
  return join(DIST, url === "" || url.endsWith("/") ? `${url}index.html` : url);
}

function idsIn(url: string): Set<string> {
  const html = readFileSync(fileAt(url), "utf8");
  const routes = [...html.matchAll(/&quot;(\/[^&]*)&quot;/g)].map(([, route = ""]) => route);
  const ids = [...html.matchAll(/\sid="([^"]*)"/g)].map(([, id = ""]) => id);
  return new Set([...ids, ...routes]);
}

const pages = listPageUrls().filter((url) => url !== "404.html");
const consoleIds = new Set(
  JSON.parse(
    readFileSync(join(DIST, referenced("try/", /data-console="\.\.\/([^"]*)"/)), "utf8"),
  ).operations.map(({ id }: { id: string }) => id),
);

function referenced(url: string, pattern: RegExp): string {
  return pattern.exec(readFileSync(fileAt(url), "utf8"))?.[1] ?? "";
}

describe("the site below any path", () => {
  it.each(pages)("/%s has no broken links", (url) => {
    const missing = referencesOf(url)
      .filter(({ href }) => href.startsWith("http://site.test/"))
      .filter(({ href, pathname, hash }) => {
        if (!href.startsWith(BASE)) return true;
        const target = decodeURIComponent(pathname.slice(new URL(BASE).pathname.length));
        if (!existsSync(fileAt(target)) || statSync(fileAt(target)).isDirectory()) return true;
        if (hash === "") return false;
        const id = decodeURIComponent(hash.slice(1));
        return !idsIn(target).has(id) && !(target === "try/" && consoleIds.has(id));
      });
    expect(missing.map(({ href }) => href)).toEqual([]);
  });

  it.each(pages)("/%s has no ID twice", (url) => {
    const ids = [...readFileSync(fileAt(url), "utf8").matchAll(/\sid="([^"]*)"/g)].map(([, id]) => id);
    expect(ids.filter((id, index) => ids.indexOf(id) !== index)).toEqual([]);
  });

  it.each(pages)("/%s has a title, a description and a canonical link", (url) => {
    const html = readFileSync(fileAt(url), "utf8");
    expect(html).toMatch(/<title>[^<]{5,}<\/title>/);
    expect(html).toMatch(/<meta name="description" content="[^"]{10,}">/);
    expect(html).toContain(`<link rel="canonical" href="http://127.0.0.1:4000/${url}">`);
    expect(html.match(/<h1/g)).toHaveLength(1);
    expect(readFileSync(join(DIST, url, "index.md"), "utf8")).toMatch(/^# \S/);
    expect(readFileSync(join(DIST, "llms.txt"), "utf8")).toContain(`(http://127.0.0.1:4000/${url}index.md)`);
  });

  it.each(pages)("the Markdown of /%s has no broken links", (url) => {
    const markdown = readFileSync(join(DIST, url, "index.md"), "utf8");
    const links = [...markdown.matchAll(/\]\(([^)#\s]+)[^)]*\)/g)].map(([, link = ""]) => link);
    const own = links
      .filter((link) => !/^https?:/.test(link))
      .map((link) => new URL(link, BASE + url).pathname);
    const missing = own.filter((path) => !existsSync(fileAt(path.slice(new URL(BASE).pathname.length))));
    expect(missing).toEqual([]);
  });

  it.each(pages)("/%s says that the packages are not on npm if it installs or runs one of them", (url) => {
    const markdown = readFileSync(join(DIST, url, "index.md"), "utf8");
    const uses = /\bnpx (-p )?@dots-payouts\/|\bnpm install (--\S+ )?@dots-payouts\//.test(markdown);
    const isPublished = listPublishedPackages()[0]?.version !== "0.0.0";
    const says = markdown.includes("#build-the-packages");
    expect(says).toBe(uses && !isPublished);
  });

  it("has a different title and description on every page", () => {
    for (const pattern of [/<title>([^<]*)/, /name="description" content="([^"]*)"/]) {
      const texts = pages.map((url) => referenced(url, pattern));
      expect(new Set(texts).size).toBe(pages.length);
    }
  });

  it("includes the headers for its host", () => {
    const headers = readFileSync(join(DIST, "_headers"), "utf8");
    expect(headers).toContain("Content-Security-Policy: default-src 'none'; script-src 'self';");
    expect(headers).toContain("frame-ancestors 'none'");
  });
});

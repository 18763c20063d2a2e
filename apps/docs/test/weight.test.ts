import { readFileSync } from "node:fs";
import { join } from "node:path";
import { gzipSync } from "node:zlib";
import { describe, expect, it } from "vitest";
import { DIST, listPageUrls } from "./support/pages.ts";

/** The size of a page and everything that it loads in kilobytes, compressed with gzip. */
function weight(url: string): number {
  const file = url.endsWith(".html") ? url : `${url}index.html`;
  const html = readFileSync(join(DIST, file), "utf8");
  // The search is loaded when it is opened, and the card by sites that show a link to the page.
  const loaded = [...html.matchAll(/assets\/(?!search|card)[\w.-]+/g)].map(([name]) => name);
  const bytes = [file, ...new Set(loaded)].map(
    (name) => gzipSync(readFileSync(join(DIST, name)), { level: 9 }).length,
  );
  return bytes.reduce((sum, size) => sum + size, 0) / 1000;
}

/** In kilobytes. Redoc is large, and the page with all operations contains everything. */
const LIMITS: Readonly<Record<string, number>> = { "reference/": 700, "reference/all/": 150 };

describe("what a reader has to load", () => {
  it.each(listPageUrls())("stays within its limit on /%s", (url) => {
    expect(weight(url)).toBeLessThan(LIMITS[url] ?? 60);
  });
});

import { existsSync, mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join, relative } from "node:path";
import { asDocument, formatPointer, setAt } from "@dots-payouts/openapi";
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, it } from "vitest";
import { buildSite } from "../src/build/build-site.ts";
import { bundle } from "./support/bundle.ts";

const titled = (title: string) => asDocument(setAt(bundle, "/info/title", title));
const broken = asDocument(setAt(bundle, "/security", [{ nowhere: [] }]));

/** Every file of a site, by its path. */
const contents = (site: string) =>
  Object.fromEntries(
    readdirSync(site, { recursive: true, withFileTypes: true })
      .filter((entry) => entry.isFile())
      .map(({ parentPath, name }) => join(parentPath, name))
      .map((file) => [relative(site, file), readFileSync(file, "utf8")]),
  );

describe("building the site again and again", () => {
  const folder = mkdtempSync(join(tmpdir(), "docs-build-"));
  const out = join(folder, "dist");
  const record = join(folder, "cache/pages.txt");
  const first = "<script>alert(1)</script> & co";
  let firstFiles: Record<string, string>;
  let secondKept: number;

  beforeAll(async () => {
    await buildSite({ out, document: titled(first), record });
    firstFiles = contents(out);
    ({ kept: secondKept } = await buildSite({ out, document: bundle, record }));
  });

  afterAll(() => rmSync(folder, { recursive: true, force: true }));

  it("escapes the texts of the spec", () => {
    expect(firstFiles["index.html"]).toContain("&lt;script&gt;alert(1)&lt;/script&gt; &amp; co");
    expect(firstFiles["index.html"]).not.toContain("<script>alert");
  });

  it("replaces the previous site completely, because each page has the title", () => {
    expect(secondKept).toBe(0);
    const files = contents(out);
    expect(Object.keys(firstFiles).filter((file) => !(file in files))).toEqual([
      expect.stringMatching(/^assets.reference\.\w+\.json$/),
    ]);
    for (const file of Object.keys(files).filter((name) => name.endsWith(".html")))
      expect(files[file]).not.toContain("alert(1)");
    expect(readdirSync(folder).sort()).toEqual(["cache", "dist"]);
  });

  it("leaves the previous site unchanged if a build fails", async () => {
    const before = contents(out);
    await expect(buildSite({ out, document: broken })).rejects.toThrow("nowhere is not declared");
    expect(contents(out)).toEqual(before);
    expect(readdirSync(folder).sort()).toEqual(["cache", "dist"]);
  });

  it("rebuilds only the pages that an edit changes, with the same result as a full build", async () => {
    const [[path = ""] = []] = Object.entries(bundle["paths"] ?? {});
    const edited = asDocument(setAt(bundle, `${formatPointer(["paths", path])}/post/description`, "Edited."));
    writeFileSync(join(out, "guides/index.html"), "damaged");
    const { pages, kept } = await buildSite({ out, document: edited, record });
    // The guide, the operation, the reference and the page with all operations.
    expect(pages - kept).toBe(4);
    await buildSite({ out: join(folder, "fresh"), document: edited });
    expect(contents(out)).toEqual(contents(join(folder, "fresh")));
  });
});

describe("building the site for the first time", () => {
  let folder: string;
  let out: string;

  beforeEach(() => {
    folder = mkdtempSync(join(tmpdir(), "docs-build-"));
    out = join(folder, "dist");
  });

  afterEach(() => rmSync(folder, { recursive: true, force: true }));

  it("writes nothing if it fails", async () => {
    await expect(buildSite({ out, document: broken })).rejects.toThrow();
    expect(existsSync(out)).toBe(false);
  });

  it("refuses two pages with the same address", async () => {
    const [[path, item] = ["", {}]] = Object.entries(bundle["paths"] ?? {});
    const twice = JSON.parse(JSON.stringify(item).replace(/("operationId":")(\w+)"/, '$1$2_"'));
    const document = asDocument({ ...bundle, paths: { [path]: item, "/twice": twice } });
    await expect(buildSite({ out, document })).rejects.toThrow("Two pages have the address reference/");
    expect(existsSync(out)).toBe(false);
  });
});

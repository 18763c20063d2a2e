import { existsSync, mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join, relative } from "node:path";
import { asDocument, formatPointer, setAt } from "@dots-payouts/openapi";
import { afterEach, beforeEach, describe, expect, it } from "vitest";
import { buildSite } from "../src/build/build-site.ts";
import { bundle } from "./support/bundle.ts";

describe("building the site", () => {
  let folder: string;
  let out: string;

  beforeEach(() => {
    folder = mkdtempSync(join(tmpdir(), "docs-build-"));
    out = join(folder, "dist");
  });

  afterEach(() => rmSync(folder, { recursive: true, force: true }));

  const titled = (title: string) => asDocument(setAt(bundle, "/info/title", title));
  /** Every file of a site, by its path. */
  const contents = (site: string) =>
    Object.fromEntries(
      readdirSync(site, { recursive: true, withFileTypes: true })
        .filter((entry) => entry.isFile())
        .map(({ parentPath, name }) => join(parentPath, name))
        .map((file) => [relative(site, file), readFileSync(file, "utf8")]),
    );
  const startPage = () => readFileSync(join(out, "index.html"), "utf8");

  it("replaces the previous site completely", async () => {
    await buildSite({ out, document: titled("The first") });
    const before = readdirSync(join(out, "assets"));
    await buildSite({ out, document: titled("The second") });
    expect(startPage()).toContain("The second");
    const spec = (names: string[]) =>
      names.filter((name) => name.startsWith("reference.") && name.endsWith(".json"));
    expect(spec(before)).toHaveLength(1);
    expect(spec(readdirSync(join(out, "assets")))).toHaveLength(1);
    expect(spec(readdirSync(join(out, "assets")))).not.toEqual(spec(before));
    expect(readdirSync(folder)).toEqual(["dist"]);
  });

  it("leaves the previous site unchanged if a build fails", async () => {
    await buildSite({ out, document: titled("The good one") });
    const broken = asDocument(setAt(bundle, "/security", [{ nowhere: [] }]));
    await expect(buildSite({ out, document: broken })).rejects.toThrow("nowhere is not declared");
    expect(startPage()).toContain("The good one");
    expect(readdirSync(folder)).toEqual(["dist"]);
  });

  it("writes nothing if the first build fails", async () => {
    await expect(
      buildSite({ out, document: asDocument(setAt(bundle, "/security", [{ nowhere: [] }])) }),
    ).rejects.toThrow();
    expect(existsSync(out)).toBe(false);
  });

  it("rebuilds only the pages that an edit changes, with the same result as a full build", async () => {
    const record = join(folder, "pages.txt");
    const [[path = ""] = []] = Object.entries(bundle["paths"] ?? {});
    const edited = asDocument(setAt(bundle, `${formatPointer(["paths", path])}/post/description`, "Edited."));
    await buildSite({ out, document: bundle, record });
    writeFileSync(join(out, "guides/index.html"), "damaged");
    const { pages, kept } = await buildSite({ out, document: edited, record });
    // The guide, the operation, the reference and the page with all operations.
    expect(pages - kept).toBe(4);
    await buildSite({ out: join(folder, "fresh"), document: edited });
    expect(contents(out)).toEqual(contents(join(folder, "fresh")));
    expect((await buildSite({ out, document: titled("Another"), record })).kept).toBe(0);
  });

  it("refuses two pages with the same address", async () => {
    const [[path, item] = ["", {}]] = Object.entries(bundle["paths"] ?? {});
    const twice = JSON.parse(JSON.stringify(item).replace(/("operationId":")(\w+)"/, '$1$2_"'));
    const document = asDocument({ ...bundle, paths: { [path]: item, "/twice": twice } });
    await expect(buildSite({ out, document })).rejects.toThrow("Two pages have the address reference/");
    expect(existsSync(out)).toBe(false);
  });

  it("escapes the texts of the spec", async () => {
    await buildSite({ out, document: titled("<script>alert(1)</script> & co") });
    expect(startPage()).toContain("&lt;script&gt;alert(1)&lt;/script&gt; &amp; co");
    expect(startPage()).not.toContain("<script>alert");
  });
});

import { mkdtempSync, readdirSync, rmSync, statSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { sharedChromium } from "@dots-payouts/chromium";
import { asDocument, isObject, type Json, listOperations, type OpenApiDocument } from "@dots-payouts/openapi";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { buildSite } from "../src/build/build-site.ts";
import { type DocsServer, serveDocs } from "../src/index.ts";
import { markNewKinds, newViolations, touchViolations, visibleViolations } from "./support/axe.ts";
import { bundle } from "./support/bundle.ts";
import { coversCode } from "./support/covers-code.ts";
import { newPage, type Visit } from "./support/visit.ts";

/** Three operations with different content: a tag of a few is drawn fast. */
const copied = Object.entries(bundle["paths"] ?? {}).filter(([path]) =>
  ["/v2/payout-links/{payout_link_id}", "/v2/payouts/send-payout"].includes(path),
);

/** The description with these operations this many times, each copy with a different tag, path and names. */
function repeated(times: number): OpenApiDocument {
  const rename = (node: Json, number: number): Json =>
    isObject(node)
      ? Object.fromEntries(
          Object.entries(node).map(([key, value]) => [
            key,
            isObject(value) && typeof value["operationId"] === "string"
              ? {
                  ...value,
                  operationId: `${value["operationId"]}${number}`,
                  summary: `${value["summary"]} ${number}`,
                  tags: [`Kind ${number}`],
                }
              : value,
          ]),
        )
      : node;
  const numbers = Array.from({ length: times }, (_, index) => index + 1);
  return asDocument({
    ...bundle,
    tags: numbers.map((number) => ({ name: `Kind ${number}`, description: `The operations of ${number}.` })),
    paths: Object.fromEntries(
      numbers.flatMap((number) =>
        copied.map(([path, item]): [string, Json] => [`/v${number}${path}`, rename(item, number)]),
      ),
    ),
  });
}

/** Where the site is on its host: it works below any path. */
const PATH = "some/path/";

describe("a description with many operations", () => {
  const folder = mkdtempSync(join(tmpdir(), "docs-many-"));
  let docs: DocsServer;
  let url: string;
  let visited: Visit;

  beforeAll(async () => {
    // Even the smaller number is more than the reference shows at once.
    await buildSite({ out: join(folder, "few", PATH), document: repeated(11) });
    await buildSite({ out: join(folder, "many", PATH), document: repeated(15) });
    writeFileSync(join(folder, "many/index.html"), "Something else");
    docs = await serveDocs({ port: 0, root: join(folder, "many"), liveReload: false });
    url = docs.url + PATH;
    visited = await newPage(await sharedChromium(), new URL(url).origin);
  });

  afterAll(async () => {
    await visited?.page.context().close();
    await docs?.close();
    rmSync(folder, { recursive: true });
  });

  /** The size of each operation's page in bytes. */
  function sizesIn(name: "few" | "many"): Record<string, number> {
    const reference = join(folder, name, PATH, "reference");
    const names = readdirSync(reference, { withFileTypes: true }).filter(
      (entry) => entry.isDirectory() && /\d$/.test(entry.name),
    );
    return Object.fromEntries(
      names.map((entry) => [entry.name, statSync(join(reference, entry.name, "index.html")).size]),
    );
  }

  it("has pages whose size does not depend on the number of operations", () => {
    const [few, many] = [sizesIn("few"), sizesIn("many")];
    expect(Object.keys(few)).toHaveLength(33);
    expect(Object.keys(many)).toHaveLength(45);
    // The last page has no next one.
    delete few["send-payout11"];
    expect(many).toMatchObject(few);
  });

  it("links each operation to the others of its tag, and to all operations", async () => {
    const { page, complaints } = visited;
    await page.goto(`${url}reference/send-payout5/`);
    const nav = page.getByRole("navigation", { name: "Reference" });
    expect(await nav.getByRole("listitem").allTextContents()).toEqual([
      "All operations",
      "Kind 5",
      ...listOperations(asDocument({ ...bundle, paths: Object.fromEntries(copied) })).map(
        ({ summary }) => `${summary} 5`,
      ),
    ]);
    expect(await nav.locator("[aria-current=page]").textContent()).toBe("Send a payout 5");
    await nav.getByRole("link", { name: "All operations" }).click();
    await page.getByRole("heading", { name: "Kind 6" }).waitFor();
    await markNewKinds(page, new Set());
    expect(await newViolations(page)).toEqual([]);
    await page.getByRole("link", { name: "Send a payout 6" }).click();
    await page.getByRole("heading", { level: 1, name: "Send a payout 6" }).waitFor();
    await page.getByRole("link", { name: "Downloads", exact: true }).first().click();
    await page.waitForURL(`${url}downloads/`);
    expect(complaints).toEqual([]);
  });

  describe("in the reference", () => {
    beforeAll(() => visited.page.goto(`${url}reference/#sendPayout6`));

    it("are opened by their address, and Redoc only draws the chosen tag", async () => {
      const { page, complaints } = visited;
      const reference = page.locator("[data-redoc]");
      await reference.locator("h1, h2", { hasText: "Send a payout 6" }).last().waitFor();
      await reference.getByText("curl http://127.0.0.1:4010/v6/v2/payouts/send-payout").first().waitFor();
      expect(await reference.locator("h1, h2", { hasText: "Send a payout 5" }).count()).toBe(0);
      expect(complaints).toEqual([]);
    });

    it("are accessible in both modes", async () => {
      const { page } = visited;
      // Redoc keeps scrolling to the operation while it draws, and the header would cover what is right below it.
      await page.locator("[data-site-header]").evaluate((header) => {
        if (header instanceof HTMLElement) header.style.position = "static";
      });
      expect((await markNewKinds(page, new Set())).length).toBeGreaterThan(100);
      expect(await newViolations(page)).toEqual([]);
      await page.getByRole("button", { name: "Switch between light and dark" }).click();
      expect(await visibleViolations(page)).toEqual([]);
    });

    it("fit the window of a phone, with a single menu, which covers no code", async () => {
      const { page } = visited;
      await page.setViewportSize({ width: 390, height: 844 });
      expect(await page.evaluate(() => document.documentElement.scrollWidth)).toBe(390);
      await markNewKinds(page, new Set());
      expect(await touchViolations(page)).toEqual([]);
      const buttons = page.getByRole("button", { name: /menu/i });
      expect(await buttons.evaluateAll((all) => all.filter((each) => each.checkVisibility()).length)).toBe(0);
      expect(await page.locator("[data-redoc] .menu-content").isVisible()).toBe(false);
      expect(await page.evaluate(coversCode)).toEqual([]);
      await page.locator("summary[aria-label=Menu]").click();
      const menu = page.getByRole("navigation", { name: "Pages of Reference" });
      await menu.getByRole("link", { name: "All operations" }).waitFor();
      await page.keyboard.press("Escape");
    });

    it("link to their form, below any path", async () => {
      const { page, complaints } = visited;
      const links = page.locator("[data-redoc]").getByRole("link", { name: "Try it", exact: true });
      const address = await links
        .first()
        .evaluate((link) => (link instanceof HTMLAnchorElement ? link.href : ""));
      expect(address).toMatch(`${url}try/#`);
      await links.first().click();
      await page.waitForURL(address);
      await page.locator("[data-console] form").waitFor();
      expect(complaints).toEqual([]);
    });
  });

  it("are listed without JavaScript", async () => {
    const html = await (await fetch(`${url}reference/`)).text();
    for (const { summary } of listOperations(repeated(15))) expect(html).toContain(`/">${summary}</a>`);
  });
});

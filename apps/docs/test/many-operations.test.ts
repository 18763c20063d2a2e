import { mkdtempSync, readdirSync, readFileSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { sharedChromium } from "@dots-payouts/chromium";
import { asDocument, isObject, type Json, listOperations, type OpenApiDocument } from "@dots-payouts/openapi";
import type { Browser } from "playwright-core";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { buildSite } from "../src/build/build-site.ts";
import { type DocsServer, serveDocs } from "../src/index.ts";
import {
  hiddenViolations,
  markNewKinds,
  touchViolations,
  violations,
  visibleViolations,
} from "./support/axe.ts";
import { bundle } from "./support/bundle.ts";
import { visit } from "./support/visit.ts";

/** The description with its operations this many times, each copy with a different tag, path and names. */
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
  const paths = Object.entries(bundle["paths"] ?? {});
  const numbers = Array.from({ length: times }, (_, index) => index + 1);
  return asDocument({
    ...bundle,
    tags: numbers.map((number) => ({ name: `Kind ${number}`, description: `The operations of ${number}.` })),
    paths: Object.fromEntries(
      numbers.flatMap((number) =>
        paths.map(([path, item]): [string, Json] => [`/v${number}${path}`, rename(item, number)]),
      ),
    ),
  });
}

describe("a description with many operations", () => {
  const folder = mkdtempSync(join(tmpdir(), "docs-many-"));
  let docs: DocsServer;
  let browser: Browser;

  beforeAll(async () => {
    // Even the smaller number is more than the reference shows at once.
    for (const times of [3, 6]) await buildSite({ out: join(folder, `${times}`), document: repeated(times) });
    docs = await serveDocs({ port: 0, root: join(folder, "6"), liveReload: false });
    browser = await sharedChromium();
  });

  afterAll(async () => {
    await docs?.close();
    rmSync(folder, { recursive: true });
  });

  /** The size of all operation pages in bytes, and their number. */
  function sizeOf(times: number): { bytes: number; pages: number } {
    const reference = join(folder, `${times}`, "reference");
    const names = readdirSync(reference, { withFileTypes: true }).filter(
      (entry) => entry.isDirectory() && /\d$/.test(entry.name),
    );
    const bytes = names.map(({ name }) => readFileSync(join(reference, name, "index.html")).length);
    return { bytes: bytes.reduce((sum, size) => sum + size, 0), pages: names.length };
  }

  it("has pages whose size does not depend on the number of operations", () => {
    const [few, many] = [sizeOf(3), sizeOf(6)];
    expect(many.pages).toBe(2 * few.pages);
    expect(many.bytes / many.pages).toBeLessThan((1.02 * few.bytes) / few.pages);
  });

  it("links each operation to the others of its tag, and to all operations", async () => {
    const { page, complaints } = await visit(browser, `${docs.url}reference/send-payout5/`);
    const nav = page.getByRole("navigation", { name: "Reference" });
    expect(await nav.getByRole("listitem").allTextContents()).toEqual([
      "All operations",
      "Kind 5",
      ...listOperations(bundle).map(({ summary }) => `${summary} 5`),
    ]);
    expect(await nav.locator("[aria-current=page]").textContent()).toBe("Send a payout 5");
    await nav.getByRole("link", { name: "All operations" }).click();
    await page.getByRole("heading", { name: "Kind 6" }).waitFor();
    expect(await violations(page)).toEqual([]);
    await page.getByRole("link", { name: "Send a payout 6" }).click();
    await page.getByRole("heading", { level: 1, name: "Send a payout 6" }).waitFor();
    expect(await violations(page)).toEqual([]);
    expect(complaints).toEqual([]);
    await page.context().close();
  });

  it("opens any operation in the reference, where Redoc only draws the chosen tag", async () => {
    const { page, complaints } = await visit(browser, `${docs.url}reference/#sendPayout6`);
    const reference = page.locator("[data-redoc]");
    await reference.locator("h1, h2", { hasText: "Send a payout 6" }).last().waitFor();
    await reference.getByText("curl http://127.0.0.1:4010/v6/v2/payouts/send-payout").first().waitFor();
    expect(await reference.locator("h1, h2", { hasText: "Send a payout 5" }).count()).toBe(0);
    // Redoc keeps scrolling to the operation while it draws, and the header would cover what is right below it.
    await page.locator("[data-site-header]").evaluate((header) => {
      if (header instanceof HTMLElement) header.style.position = "static";
    });
    expect(await hiddenViolations(page)).toEqual([]);
    expect((await markNewKinds(page, new Set())).length).toBeGreaterThan(100);
    expect(await visibleViolations(page)).toEqual([]);
    await page.getByRole("button", { name: "Switch between light and dark" }).click();
    expect(await visibleViolations(page)).toEqual([]);
    await page.setViewportSize({ width: 390, height: 844 });
    await markNewKinds(page, new Set());
    expect(await touchViolations(page)).toEqual([]);
    expect(complaints).toEqual([]);
    await page.context().close();
  });

  it("lists every operation without JavaScript", async () => {
    const { page } = await visit(browser, `${docs.url}reference/`, { javaScriptEnabled: false });
    await page.getByRole("link", { name: "Create a payout link 6" }).click();
    await page.getByRole("heading", { level: 1, name: "Create a payout link 6" }).waitFor();
    await page.context().close();
  });
});

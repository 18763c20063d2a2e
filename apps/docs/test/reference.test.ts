import { launchChromium } from "@dots-payouts/chromium";
import { getAt, listOperations } from "@dots-payouts/openapi";
import type { Browser } from "playwright-core";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { type DocsServer, serveDocs } from "../src/index.ts";
import { bundle } from "./support/bundle.ts";
import { visit } from "./support/visit.ts";

const operations = listOperations(bundle);
const named = operations.map((operation) => ({ ...operation, summary: operation.summary ?? operation.id }));

describe("the reference", () => {
  let docs: DocsServer;
  let browser: Browser;

  beforeAll(async () => {
    docs = await serveDocs({ port: 0, liveReload: false });
    browser = await launchChromium();
  });

  afterAll(async () => {
    await browser?.close();
    await docs?.close();
  });

  it("shows the API by Redoc, and does nothing else", async () => {
    const { page, complaints } = await visit(browser, `${docs.url}reference/`);
    await page
      .locator("[data-redoc] h1")
      .filter({ hasText: String(getAt(bundle, "/info/title")) })
      .waitFor();
    await page.waitForLoadState("networkidle");
    expect(complaints).toEqual([]);
    await page.context().close();
  });

  it.each(named)("opens $id where a link from the start page leads", async (operation) => {
    const { page, complaints } = await visit(browser, docs.url);
    await page.locator("main").getByRole("link", { name: operation.summary, exact: true }).click();
    const heading = page.locator("[data-redoc]").locator("h1, h2", { hasText: operation.summary });
    await heading.waitFor();
    await expect
      .poll(() => heading.evaluate((element) => element.getBoundingClientRect().top))
      .toBeLessThan(600);
    expect(complaints).toEqual([]);
    await page.context().close();
  });

  it("holds every operation for a reader without JavaScript", async () => {
    const { page } = await visit(browser, `${docs.url}reference/`, { javaScriptEnabled: false });
    for (const operation of operations) {
      const section = page.locator(`section[id="${operation.id}"]`);
      expect(await section.textContent()).toContain(`${operation.method} ${operation.path}`);
    }
    await page.context().close();
  });
});

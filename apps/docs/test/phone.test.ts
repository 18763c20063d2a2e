import type { Page } from "playwright-core";
import { afterAll, beforeAll, describe, expect, inject, it } from "vitest";
import { coversCode } from "./support/covers-code.ts";
import { servedSite } from "./support/served-site.ts";
import { newPage } from "./support/visit.ts";

const PHONE = { viewport: { width: 390, height: 844 }, hasTouch: true, isMobile: true };

const focusIsIn = (page: Page, selector: string): Promise<boolean> =>
  page.evaluate((inside) => document.activeElement?.closest(inside) != null, selector);

describe("a phone", () => {
  const site = servedSite();
  let page: Page;

  beforeAll(async () => {
    ({ page } = await newPage(site.browser, new URL(site.url).origin, PHONE));
  });

  afterAll(() => page?.context().close());

  it("keeps the focus inside the menu until it is closed", async () => {
    await page.goto(`${site.url}guides/errors/`);
    const menu = page.locator("summary[aria-label=Menu]");
    const pages = page.getByRole("navigation", { name: "Pages of Guides" });
    await menu.focus();
    await page.keyboard.press("Enter");
    await pages.waitFor();
    const stops = (await page.locator("details.menu a").count()) + 1;
    for (let count = 0; count < stops; count += 1) {
      await page.keyboard.press("Tab");
      expect(await focusIsIn(page, "details.menu[open]")).toBe(true);
    }
    expect(await menu.evaluate((each) => each === document.activeElement)).toBe(true);
    await page.keyboard.press("Shift+Tab");
    expect(await focusIsIn(page, "details.menu[open] a")).toBe(true);
    await page.keyboard.press("Escape");
    await pages.waitFor({ state: "hidden" });
    expect(await menu.evaluate((each) => each === document.activeElement)).toBe(true);
    await menu.tap();
    await pages.getByRole("link", { name: "Testing with the mock" }).tap();
    await page.waitForURL(`${site.url}guides/testing/`);
  });

  // `many-operations.test.ts` looks at a part of the reference in a window of this size.
  const withCode = ["guides/testing/", "reference/all/", ...(inject("full") ? ["reference/"] : [])];
  it.each(withCode)("covers no code of /%s", async (url) => {
    await page.goto(site.url + url);
    await page
      .locator(url === "reference/" ? "[data-redoc] h1" : "main")
      .first()
      .waitFor();
    expect(await page.evaluate(() => document.documentElement.scrollWidth)).toBe(PHONE.viewport.width);
    expect(await page.evaluate(coversCode)).toEqual([]);
  });
});

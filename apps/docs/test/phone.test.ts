import type { Page } from "playwright-core";
import { describe, expect, it } from "vitest";
import { coversCode } from "./support/covers-code.ts";
import { servedSite } from "./support/served-site.ts";
import { visit } from "./support/visit.ts";

const PHONE = { viewport: { width: 390, height: 844 }, hasTouch: true, isMobile: true };

const focusIsIn = (page: Page, selector: string): Promise<boolean> =>
  page.evaluate((inside) => document.activeElement?.closest(inside) != null, selector);

describe("a phone", () => {
  const site = servedSite();

  it("keeps the focus inside the menu until it is closed", async () => {
    const { page } = await visit(site.browser, `${site.url}guides/errors/`, PHONE);
    const menu = page.locator("summary[aria-label=Menu]");
    await menu.focus();
    await page.keyboard.press("Enter");
    const stops = (await page.locator("details.menu a").count()) + 1;
    for (let count = 0; count < stops; count += 1) {
      await page.keyboard.press("Tab");
      expect(await focusIsIn(page, "details.menu[open]")).toBe(true);
    }
    expect(await menu.evaluate((each) => each === document.activeElement)).toBe(true);
    await page.keyboard.press("Shift+Tab");
    expect(await focusIsIn(page, "details.menu[open] a")).toBe(true);
    await page.keyboard.press("Escape");
    expect(await menu.evaluate((each) => each === document.activeElement)).toBe(true);
    await page.context().close();
  });

  it.each(["guides/testing/", "reference/all/"])("covers no code of /%s", async (url) => {
    const { page } = await visit(site.browser, site.url + url, PHONE);
    expect(await page.evaluate(coversCode)).toEqual([]);
    await page.context().close();
  });
});

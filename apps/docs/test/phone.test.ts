import type { Page } from "playwright-core";
import { describe, expect, it } from "vitest";
import { servedSite } from "./support/served-site.ts";
import { visit } from "./support/visit.ts";

const PHONE = { viewport: { width: 390, height: 844 }, hasTouch: true, isMobile: true };

/**
 * What covers code: everything that a finger would touch where code is visible, except the code itself. Runs in the
 * page.
 */
function coversCode(): string[] {
  const header = document.querySelector("[data-site-header]")?.getBoundingClientRect().bottom ?? 0;
  const covers = [...document.querySelectorAll("pre")].flatMap((code) => {
    code.scrollIntoView({ block: "end" });
    const { left, right, top, bottom } = code.getBoundingClientRect();
    const places = [left + 8, Math.min(right, innerWidth) - 40].flatMap((x) => {
      const heights: [number, number][] = [];
      for (let y = Math.max(top, header) + 4; y < Math.min(bottom, innerHeight); y += 20)
        heights.push([x, y]);
      return heights;
    });
    return places.flatMap(([x, y]) => {
      const met = document.elementFromPoint(x, y);
      return met === null || code.contains(met) || met.contains(code) ? [] : [met.outerHTML.slice(0, 80)];
    });
  });
  return [...new Set(covers)];
}

const focusIsIn = (page: Page, selector: string): Promise<boolean> =>
  page.evaluate((inside) => document.activeElement?.closest(inside) != null, selector);

describe("a phone", () => {
  const site = servedSite();

  it("shows a single menu on the reference, and all of its code", async () => {
    const { page, complaints } = await visit(site.browser, `${site.url}reference/`, PHONE);
    await page.locator("[data-redoc] h1").first().waitFor();
    expect(await page.evaluate(() => document.documentElement.scrollWidth)).toBe(PHONE.viewport.width);
    expect(complaints).toEqual([]);
    const buttons = page.getByRole("button", { name: /menu/i });
    expect(await buttons.evaluateAll((all) => all.filter((each) => each.checkVisibility()).length)).toBe(0);
    expect(await page.locator("[data-redoc] .menu-content").isVisible()).toBe(false);
    expect(await page.evaluate(coversCode)).toEqual([]);
    await page.locator("summary[aria-label=Menu]").tap();
    const entry = page.getByRole("navigation", { name: "Pages of Reference" });
    await entry.getByRole("link", { name: "Send a payout" }).tap();
    await page.waitForURL("**/reference/send-payout/");
    await page.context().close();
  });

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

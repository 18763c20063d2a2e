import type { Page } from "playwright-core";
import { describe, expect, it } from "vitest";
import { violations } from "./support/axe.ts";
import { listPageUrls } from "./support/pages.ts";
import { servedSite } from "./support/served-site.ts";
import { visit } from "./support/visit.ts";

const SIZES = {
  desktop: { viewport: { width: 1280, height: 900 } },
  phone: { viewport: { width: 390, height: 844 }, hasTouch: true, isMobile: true },
};

/** What has to be there before a page counts as shown; for most, what came with the page. */
function ready(url: string): string {
  if (url === "reference/") return "[data-redoc] h1";
  return url === "try/" ? "[data-console] form" : "main";
}

const modeOf = (page: Page) => page.evaluate(() => document.documentElement.className);

describe.each(Object.entries(SIZES))("on a %s, in both modes,", (_name, size) => {
  const site = servedSite();

  it.each(listPageUrls())("/%s is quiet, fits the window, and can be used by everybody", async (url) => {
    const { page, complaints } = await visit(site.browser, site.url + url, { ...size, colorScheme: "dark" });
    await page.locator(ready(url)).first().waitFor();
    expect(await modeOf(page)).toBe("dark");
    expect(await violations(page)).toEqual([]);
    await page.getByRole("button", { name: "Switch between light and dark" }).click();
    expect(await modeOf(page)).toBe("light");
    expect(await violations(page)).toEqual([]);
    expect(await page.evaluate(() => document.documentElement.scrollWidth)).toBe(size.viewport.width);
    expect(complaints).toEqual([]);
    await page.context().close();
  });
});

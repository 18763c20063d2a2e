import { listOperations } from "@dots-payouts/openapi";
import type { Page } from "playwright-core";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { operationUrl } from "../src/site/operation-address.ts";
import { hiddenViolations, visibleViolations } from "./support/axe.ts";
import { bundle } from "./support/bundle.ts";
import { listPageUrls } from "./support/pages.ts";
import { servedSite } from "./support/served-site.ts";
import { newPage, type Visit } from "./support/visit.ts";

const operationUrls = new Set(listOperations(bundle).map(operationUrl));

const SIZES = {
  desktop: { viewport: { width: 1280, height: 900 } },
  phone: { viewport: { width: 390, height: 844 }, hasTouch: true, isMobile: true },
};

/** What a page is made by, where several are made in the same way. */
function templateOf(url: string): string {
  if (operationUrls.has(url)) return "an operation";
  return /^(guides|packages|reference\/states)\/./.exec(url)?.[1] ?? url;
}

/** A phone is slow to look at, and shows the same of all pages of a template. */
const onPhone = [...new Map(listPageUrls().map((url) => [templateOf(url), url])).values()];

/** What has to be there before a page counts as shown; for most, what came with the page. */
function ready(url: string): string {
  if (url === "reference/") return "[data-redoc] h1";
  return url === "try/" ? "[data-console] form" : "main";
}

const modeOf = (page: Page) => page.evaluate(() => document.documentElement.classList.contains("dark"));

/** How far what was shown has moved by itself (Cumulative Layout Shift). */
async function layoutShift(page: Page): Promise<number> {
  return page.evaluate(
    () =>
      new Promise<number>((resolve) => {
        let sum = 0;
        new PerformanceObserver((list) => {
          for (const entry of list.getEntries()) {
            if ("value" in entry && typeof entry.value === "number") sum += entry.value;
          }
        }).observe({ type: "layout-shift", buffered: true });
        requestAnimationFrame(() => requestAnimationFrame(() => resolve(sum)));
      }),
  );
}

/** A page that is wider than its window would scroll to the side. */
async function fits(page: Page, width: number): Promise<void> {
  expect(await page.evaluate(() => document.documentElement.scrollWidth)).toBe(width);
}

/** The kinds of elements on a page: what a style sheet can tell apart by names and classes. */
function kindsOf(page: Page): Promise<string[]> {
  return page.evaluate(() => {
    const kinds = [...document.querySelectorAll("body, body *")].map(({ localName, classList }) =>
      [localName, ...[...classList].sort()].join("."),
    );
    return [...new Set(kinds)];
  });
}

describe.each(Object.entries(SIZES))("on a %s", (_name, size) => {
  const site = servedSite();
  const kindsSeen = new Set<string>();
  let visited: Visit;

  beforeAll(async () => {
    visited = await newPage(site.browser, new URL(site.url).origin, { ...size, colorScheme: "dark" });
  });

  afterAll(() => visited?.page.context().close());

  it.each("isMobile" in size ? onPhone : listPageUrls())(
    "/%s is quiet and still, fits the window, and can be used by everybody",
    async (url) => {
      const { page, complaints } = visited;
      complaints.length = 0;
      await page.goto(site.url + url);
      await page.locator(ready(url)).first().waitFor();
      // A page whose elements have all been seen before shows no new colours and sizes.
      const kinds = await kindsOf(page);
      const isNew = kinds.some((kind) => !kindsSeen.has(kind));
      // A phone gets the same document, of which it hides other parts.
      if (isNew || !("isMobile" in size)) expect(await hiddenViolations(page)).toEqual([]);
      if (isNew) expect(await visibleViolations(page)).toEqual([]);
      expect(await layoutShift(page)).toBeLessThan(0.05);
      const wasDark = await modeOf(page);
      await page.getByRole("button", { name: "Switch between light and dark" }).click();
      expect(await modeOf(page)).toBe(!wasDark);
      // The colours of a mode are the same on a phone.
      if (isNew && !("isMobile" in size)) expect(await visibleViolations(page)).toEqual([]);
      for (const kind of kinds) kindsSeen.add(kind);
      await fits(page, size.viewport.width);
      if (!("isMobile" in size)) {
        await page.setViewportSize(SIZES.phone.viewport);
        await fits(page, SIZES.phone.viewport.width);
        await page.setViewportSize(size.viewport);
      }
      expect(complaints).toEqual([]);
    },
  );
});

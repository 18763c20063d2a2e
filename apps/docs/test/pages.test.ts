import { listOperations } from "@dots-payouts/openapi";
import type { Page } from "playwright-core";
import { afterAll, beforeAll, describe, expect, inject, it } from "vitest";
import { operationUrl } from "../src/site/operation-address.ts";
import { hiddenViolations, markNewKinds, touchViolations, visibleViolations } from "./support/axe.ts";
import { bundle } from "./support/bundle.ts";
import { listPageUrls, sizeOf } from "./support/pages.ts";
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

/** Looks at every page as a whole, and at each on a phone too: what `pnpm test` leaves out. */
const isFull = inject("full");

/** The largest first: they show most of what the others have too. */
const pages = listPageUrls().sort((one, other) => sizeOf(other) - sizeOf(one));

/** The largest page of each template. */
const firsts = new Set([...Map.groupBy(pages, templateOf).values()].flatMap(([largest]) => largest ?? []));

/** Looks at how a page is built once for each template, of which all pages are built in the same way. */
const isBuiltAnew = (url: string) => isFull || firsts.has(url);

/** A phone shows the same of all pages of a template. `phone.test.ts` opens the reference. */
const onPhone = isFull ? pages : [...firsts].filter((url) => url !== "reference/");

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

/** The kinds of elements that have been looked at, on whatever screen. */
const kindsSeen = new Set<string>();

describe.each(Object.entries(SIZES))("on a %s", (_name, size) => {
  const site = servedSite();
  const kindsHere = new Set<string>();
  let visited: Visit;
  // As the browser asks for, until the reader chooses.
  let isDark = true;

  beforeAll(async () => {
    visited = await newPage(site.browser, new URL(site.url).origin, { ...size, colorScheme: "dark" });
  });

  afterAll(() => visited?.page.context().close());

  it.each("isMobile" in size ? onPhone : pages)(
    "/%s logs nothing, does not shift, fits the window, and is accessible",
    async (url) => {
      const { page, complaints } = visited;
      complaints.length = 0;
      await page.goto(site.url + url);
      await page.locator(ready(url)).first().waitFor();
      expect(await layoutShift(page)).toBeLessThan(0.05);
      // An element of a kind that has been looked at before has no new colours and sizes.
      const kinds = await markNewKinds(page, isFull ? new Set() : kindsSeen);
      for (const kind of kinds) kindsSeen.add(kind);
      // The reference takes several seconds to look at: `many-operations.test.ts` does so where it shows a part.
      const isSeen = isFull || url !== "reference/";
      const isNew = isSeen && (isFull || kinds.length > 0);
      // What is built is the same on a phone.
      if (isSeen && isBuiltAnew(url) && (isFull || !("isMobile" in size)))
        expect(await hiddenViolations(page)).toEqual([]);
      if (isNew) expect(await visibleViolations(page)).toEqual([]);
      // What a reader chose on the page before is kept.
      expect(await modeOf(page)).toBe(isDark);
      if (isNew || isBuiltAnew(url)) {
        await page.getByRole("button", { name: "Switch between light and dark" }).click();
        isDark = !isDark;
        expect(await modeOf(page)).toBe(isDark);
      }
      // The colours of a mode are the same on a phone.
      if (isNew && !("isMobile" in size)) expect(await visibleViolations(page)).toEqual([]);
      if ("isMobile" in size) {
        const kindsOnPhone = await markNewKinds(page, kindsHere);
        for (const kind of kindsOnPhone) kindsHere.add(kind);
        if (isFull || kindsOnPhone.length > 0) expect(await touchViolations(page)).toEqual([]);
      }
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

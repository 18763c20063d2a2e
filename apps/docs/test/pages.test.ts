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

/** The template of a page, for pages that are built in the same way. */
function templateOf(url: string): string {
  if (operationUrls.has(url)) return "an operation";
  return /^(guides|packages|reference\/states)\/./.exec(url)?.[1] ?? url;
}

/** Checks every page completely, and on a phone: `pnpm test` only does a part of this. */
const isFull = inject("full");

/** Largest first: they contain most of what the others contain. */
const pages = listPageUrls().sort((one, other) => sizeOf(other) - sizeOf(one));

/** The largest page of each template. */
const firsts = new Set([...Map.groupBy(pages, templateOf).values()].flatMap(([largest]) => largest ?? []));

/** Checks the layout of one page per template, because all its pages are built in the same way. */
const isBuiltAnew = (url: string) => isFull || firsts.has(url);

/** All pages of a template look the same on a phone. `phone.test.ts` opens the reference. */
const onPhone = isFull ? pages : [...firsts].filter((url) => url !== "reference/");

/** What has to be visible before a page counts as loaded; for most pages, their initial content. */
function ready(url: string): string {
  if (url === "reference/") return "[data-redoc] h1";
  return url === "try/" ? "[data-console] form" : "main";
}

const modeOf = (page: Page) => page.evaluate(() => document.documentElement.classList.contains("dark"));

/** How far content has moved by itself (Cumulative Layout Shift), and what it was. */
async function layoutShift(page: Page): Promise<{ sum: number; moved: string }> {
  return page.evaluate(
    () =>
      new Promise<{ sum: number; moved: string }>((resolve) => {
        let sum = 0;
        const moved: string[] = [];
        new PerformanceObserver((list) => {
          for (const entry of list.getEntries()) {
            if (!("value" in entry && typeof entry.value === "number")) continue;
            sum += entry.value;
            moved.push(JSON.stringify([entry, innerWidth]));
          }
        }).observe({ type: "layout-shift", buffered: true });
        requestAnimationFrame(() => requestAnimationFrame(() => resolve({ sum, moved: moved.join("\n") })));
      }),
  );
}

/** A page wider than its window would scroll sideways. */
async function fits(page: Page, width: number): Promise<void> {
  expect(await page.evaluate(() => document.documentElement.scrollWidth)).toBe(width);
}

/** The kinds of elements that were checked, on any screen. */
const kindsSeen = new Set<string>();

describe.each(Object.entries(SIZES))("on a %s", (_name, size) => {
  const site = servedSite();
  const kindsHere = new Set<string>();
  let visited: Visit;
  // The browser's preference applies until the reader chooses.
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
      const { sum, moved } = await layoutShift(page);
      expect(sum, moved).toBeLessThan(0.05);
      // An element of a kind that was checked before has no new colors or sizes.
      const kinds = await markNewKinds(page, isFull ? new Set() : kindsSeen);
      for (const kind of kinds) kindsSeen.add(kind);
      // Checking the reference takes several seconds: `many-operations.test.ts` checks a part of it.
      const isSeen = isFull || url !== "reference/";
      const isNew = isSeen && (isFull || kinds.length > 0);
      // The structure is the same on a phone.
      if (isSeen && isBuiltAnew(url) && (isFull || !("isMobile" in size)))
        expect(await hiddenViolations(page)).toEqual([]);
      if (isNew) expect(await visibleViolations(page)).toEqual([]);
      // A choice on the previous page is kept.
      expect(await modeOf(page)).toBe(isDark);
      if (isNew || isBuiltAnew(url)) {
        await page.getByRole("button", { name: "Switch between light and dark" }).click();
        isDark = !isDark;
        expect(await modeOf(page)).toBe(isDark);
      }
      // The colors of a mode are the same on a phone.
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
        await fits(page, size.viewport.width);
        // Otherwise the next page may still be laid out for a phone at first.
        await page.evaluate(
          () => new Promise((resolve) => requestAnimationFrame(() => requestAnimationFrame(resolve))),
        );
      }
      expect(complaints).toEqual([]);
    },
  );
});

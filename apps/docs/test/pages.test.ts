import { listOperations } from "@dots-payouts/openapi";
import type { Page } from "playwright-core";
import { afterAll, beforeAll, describe, expect, inject, it } from "vitest";
import { operationUrl } from "../src/site/operation-address.ts";
import { markNewKinds, newViolations, touchViolations, visibleViolations } from "./support/axe.ts";
import { bundle } from "./support/bundle.ts";
import { layoutShift } from "./support/layout-shift.ts";
import { listPageUrls, sizeOf } from "./support/pages.ts";
import { servedSite } from "./support/served-site.ts";
import { newPage, type Visit, visit } from "./support/visit.ts";

const operationUrls = new Set(listOperations(bundle).map(operationUrl));

const DESKTOP = { viewport: { width: 1280, height: 900 } };
const PHONE = { viewport: { width: 390, height: 844 }, hasTouch: true, isMobile: true };

/** The template of a page, for pages that are built in the same way. */
function templateOf(url: string): string {
  if (operationUrls.has(url)) return "an operation";
  return /^(guides|packages|reference\/states)\/./.exec(url)?.[1] ?? url;
}

/** Opens and checks every page completely: `pnpm test` only does a part of this. */
const isFull = inject("full");

/** Largest first: they contain most of what the others contain. */
const pages = listPageUrls().sort((one, other) => sizeOf(other) - sizeOf(one));

/** The largest page of each template. */
const firsts = [...Map.groupBy(pages, templateOf).values()].flatMap(([largest]) => largest ?? []);

/** The plain reference consists of pages of operations. Other tests check the one drawn by Redoc, which takes long. */
const REFERENCE = ["reference/all/", "reference/"];

const opened = isFull ? pages : firsts.filter((url) => !REFERENCE.includes(url));

/** What has to be visible before a page counts as loaded; for most pages, their initial content. */
function ready(url: string): string {
  if (url === "reference/") return "[data-redoc] h1";
  return url === "try/" ? "[data-console] form" : "main";
}

const modeOf = (page: Page) => page.evaluate(() => document.documentElement.classList.contains("dark"));

/** A page wider than its window would scroll sideways. */
const widthOf = (page: Page) => page.evaluate(() => document.documentElement.scrollWidth);

/** The kinds of elements that were checked in a large window, and in a small one. */
const kindsSeen = { large: new Set<string>(), small: new Set<string>() };

/** Marks the elements that are to be checked: unless everything is, those of new kinds. */
async function mark(page: Page, seen: Set<string>): Promise<boolean> {
  const kinds = await markNewKinds(page, isFull ? new Set() : seen);
  for (const kind of kinds) seen.add(kind);
  return kinds.length > 0;
}

/** Other tests click with a mouse, which takes longer. */
const switchMode = (page: Page) =>
  page.getByRole("button", { name: "Switch between light and dark" }).press("Enter");

/**
 * Checks an open page in a large window, in both modes, and in a small one, where only sizes are different.
 * Returns whether it switched the mode.
 */
async function check(page: Page, isLarge: boolean): Promise<boolean> {
  const isNew = await mark(page, isLarge ? kindsSeen.large : kindsSeen.small);
  if (!isLarge && !isFull) {
    if (isNew) expect(await touchViolations(page)).toEqual([]);
    return false;
  }
  expect(await newViolations(page)).toEqual([]);
  await switchMode(page);
  if (isNew) expect(await visibleViolations(page)).toEqual([]);
  return true;
}

const devices = [{ name: "desktop", device: DESKTOP }, ...(isFull ? [{ name: "phone", device: PHONE }] : [])];

describe.each(devices)("on a $name", ({ name, device }) => {
  const site = servedSite();
  let visited: Visit;
  // The browser's preference applies until the reader chooses.
  let isDark = true;

  beforeAll(async () => {
    visited = await newPage(site.browser, new URL(site.url).origin, { ...device, colorScheme: "dark" });
  });

  afterAll(() => visited?.page.context().close());

  it.each(opened)("/%s logs nothing, does not shift, fits the window, and is accessible", async (url) => {
    const { page, complaints } = visited;
    complaints.length = 0;
    await page.goto(site.url + url);
    await page.locator(ready(url)).first().waitFor();
    const { sum, moved } = await layoutShift(page);
    expect(sum, moved).toBeLessThan(0.05);
    // A choice on the previous page is kept.
    expect(await modeOf(page)).toBe(isDark);
    const here = page.viewportSize() ?? device.viewport;
    const there = here.width === PHONE.viewport.width ? DESKTOP.viewport : PHONE.viewport;
    // The window keeps its last size, so that some pages are loaded in a large one and some in a small one.
    for (const size of name === "phone" ? [here] : [here, there]) {
      if (size !== here) await page.setViewportSize(size);
      expect(await widthOf(page)).toBe(size.width);
      if (await check(page, size.width === DESKTOP.viewport.width)) isDark = !isDark;
    }
    expect(await modeOf(page)).toBe(isDark);
    expect(complaints).toEqual([]);
  });
});

/** Shows another page instead of the open one, without its scripts, and returns how wide it is. Runs in the page. */
async function showInstead(address: string): Promise<number> {
  const html = await (await fetch(address)).text();
  history.replaceState(null, "", address);
  document.body.replaceWith(new DOMParser().parseFromString(html, "text/html").body);
  return document.documentElement.scrollWidth;
}

function describeOthers(): void {
  const site = servedSite();
  // The plain reference contains the operations.
  const others = pages.filter(
    (url) => ![...opened, "reference/"].includes(url) && templateOf(url) !== "an operation",
  );
  let visited: Visit;

  beforeAll(async () => {
    visited = await visit(site.browser, `${site.url}guides/`, PHONE);
  });

  afterAll(() => visited?.page.context().close());

  it("fit the window of a phone, and have no kind of element that is not accessible", async () => {
    const { page } = visited;
    const kinds: string[] = [];
    const blocks: string[] = [];
    for (const url of others) {
      expect(await page.evaluate(showInstead, site.url + url), url).toBe(PHONE.viewport.width);
      const found = await markNewKinds(page, new Set([...kindsSeen.large, ...kindsSeen.small, ...kinds]));
      if (found.length === 0) continue;
      kinds.push(...found);
      const block = page.locator(".prose > :is([data-new-kind], :has([data-new-kind]))");
      blocks.push(...(await block.evaluateAll((all) => all.map((each) => each.outerHTML))));
    }
    // All of them on one page.
    await page.setViewportSize(DESKTOP.viewport);
    await page.locator(".prose").evaluate((prose, html) => {
      prose.innerHTML = html;
    }, blocks.join(""));
    expect(await markNewKinds(page, kindsSeen.large)).toEqual(expect.arrayContaining(kinds));
    expect(await visibleViolations(page)).toEqual([]);
    await switchMode(page);
    expect(await visibleViolations(page)).toEqual([]);
  });
}

if (!isFull) describe("pages that are not opened", describeOthers);

import { mkdirSync, mkdtempSync, rmSync, symlinkSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { sharedChromium } from "@dots-payouts/chromium";
import { listOperations } from "@dots-payouts/openapi";
import type { Browser, Page } from "playwright-core";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { type DocsServer, serveDocs } from "../src/index.ts";
import { listSamples } from "../src/samples/list-samples.ts";
import { bundle } from "./support/bundle.ts";
import { DIST } from "./support/pages.ts";
import { servedSite } from "./support/served-site.ts";
import { visit } from "./support/visit.ts";

const [operation] = listOperations(bundle);
if (operation === undefined) throw new Error("the bundle has no operation");
const [sample] = listSamples(bundle, operation);
const codeIn = (label: string) => sample?.codes.find((each) => each.label === label)?.code;

/** The elements that can take the focus, and those that take it when Tab is pressed until it returns to the first. */
async function focusOrder(page: Page): Promise<{ focusable: string[]; focused: string[] }> {
  const focusable = await page.evaluate(() => {
    const selector = "a[href], button, input, select, textarea, summary, [tabindex]";
    const elements = [...document.querySelectorAll<HTMLElement>(selector)].filter(
      (element) => element.tabIndex >= 0 && !element.matches(":disabled") && element.checkVisibility(),
    );
    for (const [index, element] of elements.entries()) element.dataset["number"] = String(index);
    return elements.map((_element, index) => String(index));
  });
  const focused: string[] = [];
  for (let count = 0; count < focusable.length; count += 1) {
    await page.keyboard.press("Tab");
    focused.push(
      await page.evaluate(() => {
        const element = document.activeElement;
        return element instanceof HTMLElement ? (element.dataset["number"] ?? "") : "";
      }),
    );
  }
  return { focusable, focused };
}

describe("a reader", () => {
  const site = servedSite();

  it("copies a sample exactly as it was tested", async () => {
    const { page } = await visit(site.browser, site.url, {
      permissions: ["clipboard-read", "clipboard-write"],
    });
    for (const label of ["curl", "Python"]) {
      await page.getByRole("tab", { name: label }).click();
      const panel = page.locator(`.code[data-label="${label}"]`);
      await panel.getByRole("button", { name: "Copy" }).click();
      await panel.getByRole("button", { name: "Copied" }).waitFor();
      expect(await page.evaluate(() => navigator.clipboard.readText())).toBe(codeIn(label));
    }
    await page.context().close();
  });

  it("chooses a language once, also by keyboard, for all pages", async () => {
    const { page } = await visit(site.browser, site.url);
    await page.getByRole("tab", { name: "curl" }).focus();
    await page.keyboard.press("ArrowRight");
    expect(await page.getByRole("tab", { name: "TypeScript" }).getAttribute("aria-selected")).toBe("true");
    const shown = page.locator("[role=tabpanel]:visible pre");
    expect(await shown.textContent()).toBe(codeIn("TypeScript"));
    await page.getByRole("link", { name: operation.summary ?? operation.id, exact: true }).click();
    await page.getByRole("heading", { level: 1, name: operation.summary ?? operation.id }).waitFor();
    const chosen = page.locator("[role=tab][aria-selected=true]");
    // The page is loaded before its tabs are created.
    await chosen.first().waitFor();
    expect(new Set(await chosen.allTextContents())).toEqual(new Set(["TypeScript"]));
    await page.context().close();
  });

  it("opens and closes the menu on a phone, and keeps the focus", async () => {
    const { page } = await visit(site.browser, `${site.url}guides/errors/`, {
      viewport: { width: 390, height: 844 },
    });
    const menu = page.locator("summary[aria-label=Menu]");
    await menu.focus();
    await page.keyboard.press("Enter");
    await page.getByRole("navigation", { name: "Pages of Guides" }).waitFor();
    await page.keyboard.press("Escape");
    await page.getByRole("navigation", { name: "Pages of Guides" }).waitFor({ state: "hidden" });
    expect(await menu.evaluate((element) => element === document.activeElement)).toBe(true);
    await page.context().close();
  });

  it("prints every operation on one page", async () => {
    const { page } = await visit(site.browser, `${site.url}reference/all/`);
    await page.emulateMedia({ media: "print" });
    for (const each of listOperations(bundle)) {
      expect(await page.locator(`h2[id="${each.id}"]`).isVisible()).toBe(true);
    }
    expect(await page.locator(".site-header").isVisible()).toBe(false);
    await page.context().close();
  });

  it("sees all samples without JavaScript", async () => {
    const { page } = await visit(site.browser, site.url, { javaScriptEnabled: false });
    for (const { code } of sample?.codes ?? []) {
      expect(await page.locator("pre").allTextContents()).toContain(code);
    }
    await page.context().close();
  });

  it.each(["", "guides/errors/", "try/", "downloads/"])(
    "can reach everything on /%s by keyboard",
    async (url) => {
      const { page } = await visit(site.browser, site.url + url);
      await page.waitForLoadState("networkidle");
      const { focusable, focused } = await focusOrder(page);
      expect(focusable.length).toBeGreaterThan(8);
      expect([...focused].sort()).toEqual([...focusable].sort());
      await page.context().close();
    },
  );

  it("sees the current page in the list of pages, even in a low window", async () => {
    const { page } = await visit(site.browser, `${site.url}reference/events/`, {
      viewport: { width: 1280, height: 500 },
    });
    const list = await page.locator(".page > .section-nav ul").boundingBox();
    const entry = await page.locator(".page > .section-nav [aria-current]").boundingBox();
    if (list === null || entry === null) throw new Error("the list or its entry is not shown");
    expect(entry.y).toBeGreaterThanOrEqual(list.y);
    expect(entry.y + entry.height).toBeLessThanOrEqual(500);
    expect(await page.evaluate(() => scrollY)).toBe(0);
    await page.context().close();
  });

  it("can skip to the content without changing what is shown", async () => {
    const { page } = await visit(site.browser, `${site.url}try/#${listOperations(bundle)[1]?.id}`);
    const chosen = page.getByLabel("Operation");
    const before = await chosen.inputValue();
    await page.keyboard.press("Tab");
    await page.keyboard.press("Enter");
    expect(await page.evaluate(() => document.activeElement?.id)).toBe("content");
    expect(await chosen.inputValue()).toBe(before);
    await page.context().close();
  });
});

describe("the site below a path of its host", () => {
  let root: string;
  let docs: DocsServer;
  let browser: Browser;

  beforeAll(async () => {
    root = mkdtempSync(join(tmpdir(), "docs-path-"));
    writeFileSync(join(root, "index.html"), "Something else");
    mkdirSync(join(root, "some"));
    symlinkSync(DIST, join(root, "some/path"), "junction");
    docs = await serveDocs({ port: 0, root, liveReload: false });
    browser = await sharedChromium();
  });

  afterAll(async () => {
    await docs?.close();
    rmSync(root, { recursive: true, force: true });
  });

  it.each([
    ["reference/", "[data-redoc] h1"],
    ["try/", "[data-console] form"],
    ["guides/idempotency/", "h1"],
  ])("shows /some/path/%s", async (url, part) => {
    const { page, complaints } = await visit(browser, `${docs.url}some/path/${url}`);
    await page.locator(part).first().waitFor();
    await page.getByRole("link", { name: "Downloads", exact: true }).first().click();
    await page.waitForURL("**/some/path/downloads/");
    expect(complaints).toEqual([]);
    await page.context().close();
  });
});

import { listOperations } from "@dots-payouts/openapi";
import type { Page } from "playwright-core";
import { afterAll, beforeAll, describe, expect, inject, it } from "vitest";
import { listSamples } from "../src/samples/list-samples.ts";
import { bundle } from "./support/bundle.ts";
import { servedSite } from "./support/served-site.ts";
import { load, newPage, type Visit } from "./support/visit.ts";

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
    document.addEventListener("focusin", ({ target }) => {
      const number = target instanceof HTMLElement ? (target.dataset["number"] ?? "") : "";
      document.body.dataset["focused"] = `${document.body.dataset["focused"] ?? ""} ${number}`;
    });
    return elements.map((_element, index) => String(index));
  });
  for (let count = 0; count < focusable.length; count += 1) await page.keyboard.press("Tab");
  const focused = await page.evaluate(() => document.body.dataset["focused"] ?? "");
  return { focusable, focused: focused.trim().split(" ") };
}

describe("a reader", () => {
  const site = servedSite();
  // All tests use one page: a new one takes longer than most of them.
  let visited: Visit;

  beforeAll(async () => {
    const permissions = ["clipboard-read", "clipboard-write"];
    visited = await newPage(site.browser, new URL(site.url).origin, { permissions });
  });

  afterAll(() => visited?.page.context().close());

  async function open(url: string, viewport = { width: 1280, height: 720 }): Promise<Page> {
    const { page } = visited;
    await page.setViewportSize(viewport);
    await load(page, site.url + url);
    return page;
  }

  it("copies a sample exactly as it was tested", async () => {
    const page = await open("");
    for (const label of ["curl", "Python"]) {
      await page.getByRole("tab", { name: label }).click();
      const panel = page.locator(`.code[data-label="${label}"]`);
      await panel.getByRole("button", { name: "Copy" }).click();
      await panel.getByRole("button", { name: "Copied" }).waitFor();
      expect(await page.evaluate(() => navigator.clipboard.readText())).toBe(codeIn(label));
    }
  });

  it("chooses a language once, also by keyboard, for all pages", async () => {
    const page = await open("");
    await page.getByRole("tab", { name: "curl" }).click();
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
  });

  it("prints every operation on one page", async () => {
    const page = await open("reference/all/");
    await page.emulateMedia({ media: "print" });
    for (const each of listOperations(bundle)) {
      expect(await page.locator(`h2[id="${each.id}"]`).isVisible()).toBe(true);
    }
    expect(await page.locator(".site-header").isVisible()).toBe(false);
    await page.emulateMedia({ media: null });
  });

  it("gets all samples without JavaScript", async () => {
    const texts = await visited.page.evaluate(async (url) => {
      const html = await (await fetch(url)).text();
      const parsed = new DOMParser().parseFromString(html, "text/html");
      return [...parsed.querySelectorAll("pre")].map((code) => code.textContent);
    }, site.url);
    for (const { code } of sample?.codes ?? []) expect(texts).toContain(code);
  });

  const byKeyboard = ["", "try/", ...(inject("full") ? ["guides/errors/", "downloads/"] : [])];
  it.each(byKeyboard)("can reach everything on /%s by keyboard", async (url) => {
    const page = await open(url);
    await page.waitForLoadState("networkidle");
    const { focusable, focused } = await focusOrder(page);
    expect(focusable.length).toBeGreaterThan(8);
    expect([...focused].sort()).toEqual([...focusable].sort());
  });

  it("sees the current page in the list of pages, even in a low window", async () => {
    const page = await open("reference/events/", { width: 1280, height: 500 });
    const list = await page.locator(".page > .section-nav ul").boundingBox();
    const entry = await page.locator(".page > .section-nav [aria-current]").boundingBox();
    if (list === null || entry === null) throw new Error("the list or its entry is not shown");
    expect(entry.y).toBeGreaterThanOrEqual(list.y);
    expect(entry.y + entry.height).toBeLessThanOrEqual(500);
    expect(await page.evaluate(() => scrollY)).toBe(0);
  });

  it("can skip to the content without changing what is shown", async () => {
    const page = await open(`try/#${listOperations(bundle)[1]?.id}`);
    const chosen = page.getByLabel("Operation");
    const before = await chosen.inputValue();
    await page.keyboard.press("Tab");
    await page.keyboard.press("Enter");
    expect(await page.evaluate(() => document.activeElement?.id)).toBe("content");
    expect(await chosen.inputValue()).toBe(before);
  });

  it("logs nothing", () => expect(visited.complaints).toEqual([]));
});

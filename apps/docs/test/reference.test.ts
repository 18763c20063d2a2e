import { getAt, listOperations, listProperties } from "@dots-payouts/openapi";
import { afterAll, beforeAll, describe, expect, inject, it } from "vitest";
import { bundle } from "./support/bundle.ts";
import { layoutShift } from "./support/layout-shift.ts";
import { servedSite } from "./support/served-site.ts";
import { type Visit, visit } from "./support/visit.ts";

const operations = listOperations(bundle);
const named = operations.map((operation) => ({ ...operation, summary: operation.summary ?? operation.id }));

const [first = { summary: "" }] = named;

describe("the reference drawn by Redoc", () => {
  const site = servedSite();
  let shown: Visit;

  beforeAll(async () => {
    shown = await visit(site.browser, `${site.url}reference/`);
    await shown.page.locator("[data-redoc] h1").first().waitFor();
    await shown.page.waitForLoadState("networkidle");
  });

  afterAll(() => shown?.page.context().close());

  it("shows the API without errors or other requests, does not shift, and fits the window", async () => {
    const { page, complaints } = shown;
    const title = page.locator("[data-redoc] h1");
    await title.filter({ hasText: String(getAt(bundle, "/info/title")) }).waitFor();
    const { sum, moved } = await layoutShift(page);
    expect(sum, moved).toBeLessThan(0.05);
    expect(await page.evaluate(() => document.documentElement.scrollWidth - innerWidth)).toBe(0);
    expect(complaints).toEqual([]);
  });

  it("has the description's sections as headings, and every operation in its menu", async () => {
    const sections = [...String(getAt(bundle, "/info/description")).matchAll(/^## (.*)$/gm)].map(
      ([, text]) => text,
    );
    expect(sections).not.toEqual([]);
    const headings = shown.page.locator("[data-redoc]").getByRole("heading", { level: 2 });
    expect(await headings.allTextContents()).toEqual(expect.arrayContaining(sections));
    const menu = shown.page.locator('[data-component-name="Menu/Menu"]');
    for (const { summary } of named) await menu.getByText(summary, { exact: true }).first().waitFor();
  });

  it("has every operation on the page, so that it can be found and printed", async () => {
    const text = (await shown.page.locator("[data-redoc]").textContent()) ?? "";
    for (const { summary, path, requestBody } of named) {
      expect(text).toContain(summary);
      expect(text).toContain(path);
      for (const { schema = "" } of requestBody?.content ?? []) {
        for (const { name } of listProperties(bundle, schema)) expect(text).toContain(name);
      }
    }
  });

  it("describes conditionally required fields in words, and marks none of them as required", async () => {
    const text = (await shown.page.locator("[data-redoc]").textContent()) ?? "";
    expect(text).toContain("payee.email is required when delivery.method is email.");
    expect(text).not.toContain("needs a phone number");
    expect(text).not.toContain("needs an address");
  });

  // Redoc draws hidden operations all in the same way, so the last of each tag is enough.
  const lastOfTags = [...new Map(named.map((operation) => [operation.tags.join(), operation])).values()];
  const linked = inject("full") ? lastOfTags : lastOfTags.slice(-1);
  it.each(linked)("opens a linked operation, with its samples next to it: $id", async (operation) => {
    await shown.page.evaluate((hash) => {
      location.hash = hash;
    }, operation.id);
    const reference = shown.page.locator("[data-redoc]");
    const heading = reference.locator("h1, h2", { hasText: operation.summary }).last();
    await heading.waitFor();
    await expect
      .poll(() => heading.evaluate((element) => Math.abs(element.getBoundingClientRect().top)), {
        timeout: 20_000,
      })
      .toBeLessThan(600);
    const address = `http://127.0.0.1:4010${operation.path.split("{")[0]}`;
    await reference.getByText(address).first().waitFor();
    expect(shown.complaints).toEqual([]);
  });

  it("links an operation to its samples", async () => {
    const { page, complaints } = shown;
    const link = page.locator("[data-redoc]").getByRole("link", { name: "All samples", exact: true });
    await link.first().click();
    await page.waitForURL((url) => url.pathname.startsWith("/reference/") && !url.hash.startsWith("#/"));
    await page.getByText(first.summary, { exact: true }).first().waitFor({ state: "attached" });
    expect(complaints).toEqual([]);
  });
});

describe("the reference without JavaScript", () => {
  const site = servedSite();

  it("links to every operation, field and response", async () => {
    const { page } = await visit(site.browser, `${site.url}reference/`, { javaScriptEnabled: false });
    await page.getByRole("link", { name: "All operations on one page" }).first().click();
    await page.getByRole("heading", { level: 1, name: "All operations on one page" }).waitFor();
    const text = (await page.locator("main").textContent()) ?? "";
    for (const { id, summary, method, path, responses, requestBody } of named) {
      expect(await page.locator(`h2[id="${id}"]`).textContent()).toBe(summary);
      expect(text).toContain(`${method} ${path}`);
      for (const { status } of responses) expect(text).toContain(status);
      for (const { schema = "" } of requestBody?.content ?? []) {
        for (const { name } of listProperties(bundle, schema)) expect(text).toContain(name);
      }
    }
    await page.context().close();
  });
});

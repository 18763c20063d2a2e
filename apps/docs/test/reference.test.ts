import { getAt, listOperations, listProperties } from "@dots-payouts/openapi";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { bundle } from "./support/bundle.ts";
import { servedSite } from "./support/served-site.ts";
import { type Visit, visit } from "./support/visit.ts";

const operations = listOperations(bundle);
const named = operations.map((operation) => ({ ...operation, summary: operation.summary ?? operation.id }));

const [first = { id: "", summary: "" }] = named;

/** Follows a link of the first operation to another page. */
async function leadsTo({ page, complaints }: Visit, link: string, path: string): Promise<void> {
  await page.locator("[data-redoc]").getByRole("link", { name: link, exact: true }).first().click();
  await page.waitForURL((url) => url.href.includes(path) && !url.hash.startsWith("#/"));
  await page.getByText(first.summary, { exact: true }).first().waitFor({ state: "attached" });
  expect(complaints).toEqual([]);
}

describe("the reference", () => {
  const site = servedSite();

  describe("as drawn by Redoc", () => {
    let shown: Visit;

    beforeAll(async () => {
      shown = await visit(site.browser, `${site.url}reference/`);
      await shown.page.locator("[data-redoc] h1").first().waitFor();
      await shown.page.waitForLoadState("networkidle");
    });

    afterAll(() => shown?.page.context().close());

    it("shows the API without errors or other requests", async () => {
      const title = shown.page.locator("[data-redoc] h1");
      await title.filter({ hasText: String(getAt(bundle, "/info/title")) }).waitFor();
      expect(shown.complaints).toEqual([]);
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
      const reference = shown.page.locator("[data-redoc]");
      await reference
        .getByText("payee.email is required when delivery.method is email.", { exact: true })
        .first()
        .waitFor();
      expect(await reference.getByText("needs a phone number", { exact: false }).count()).toBe(0);
      expect(await reference.getByText("needs an address", { exact: false }).count()).toBe(0);
    });

    it("opens the linked operation, with its samples next to it", async () => {
      const { page, complaints } = shown;
      const reference = page.locator("[data-redoc]");
      // Redoc draws hidden operations all in the same way, so the last of each group is enough.
      const last = [...new Map(named.map((operation) => [operation.tags.join(), operation])).values()];
      for (const { id, summary, path } of last.toReversed()) {
        await page.evaluate((hash) => {
          location.hash = hash;
        }, id);
        const heading = reference.locator("h1, h2", { hasText: summary }).last();
        await heading.waitFor();
        await expect
          .poll(() => heading.evaluate((element) => Math.abs(element.getBoundingClientRect().top)), {
            timeout: 20_000,
          })
          .toBeLessThan(600);
        await reference
          .getByText(`http://127.0.0.1:4010${path.split("{")[0]}`)
          .first()
          .waitFor();
      }
      expect(complaints).toEqual([]);
    });

    it("links an operation to its samples", () => leadsTo(shown, "All samples", "/reference/"));
  });

  it("opens at the operation in its address, and links to its form", async () => {
    const visited = await visit(site.browser, `${site.url}reference/#${first.id}`);
    await leadsTo(visited, "Try it", `/try/#${first.id}`);
    await visited.page.context().close();
  });

  it("links to every operation, field and response without JavaScript", async () => {
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

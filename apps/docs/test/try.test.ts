import { launchChromium } from "@dots-payouts/chromium";
import { type Mock, startMock } from "@dots-payouts/mock";
import { listOperations } from "@dots-payouts/openapi";
import type { Browser, Page } from "playwright-core";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { type DocsServer, serveDocs } from "../src/index.ts";
import { violations } from "./support/axe.ts";
import { bundle } from "./support/bundle.ts";
import { type Visit, visit } from "./support/visit.ts";

const operations = listOperations(bundle);

describe("the console", () => {
  let docs: DocsServer;
  let mock: Mock;
  let browser: Browser;

  beforeAll(async () => {
    docs = await serveDocs({ port: 0, liveReload: false });
    mock = await startMock({ port: 0, spec: bundle });
    browser = await launchChromium();
  });

  afterAll(async () => {
    await browser?.close();
    await mock?.close();
    await docs?.close();
  });

  async function open(id: string, server = mock.url): Promise<Visit> {
    const opened = await visit(browser, `${docs.url}try/#${id}`);
    await opened.page.getByLabel("Server").fill(server);
    return opened;
  }

  const answerOf = (page: Page) => page.locator("#answer");

  it.each(operations)(
    "sends each example of $id, and shows the answer",
    async ({ id, requestBody, summary }) => {
      const { page, complaints } = await open(id);
      expect(await page.getByLabel("Operation").locator("option:checked").textContent()).toBe(summary);
      for (const example of requestBody?.content[0]?.examples ?? []) {
        await page.getByRole("button", { name: example.summary ?? example.name, exact: true }).click();
        await page.getByRole("button", { name: "Send", exact: true }).click();
        await answerOf(page)
          .getByText(/^Answer 20\d in \d+ ms$/)
          .waitFor();
        expect(JSON.parse(mock.requests.at(-1)?.body ?? "")).toEqual(example.value);
        await page.getByRole("button", { name: "Send", exact: true }).waitFor();
      }
      expect(complaints.filter((complaint) => !complaint.startsWith(`request: ${mock.url}/`))).toEqual([]);
      await page.context().close();
    },
  );

  it("shows the link that was made, to be followed", async () => {
    const { page } = await open("createPayoutLink");
    await page.getByRole("button", { name: "Send", exact: true }).click();
    const link = answerOf(page).getByRole("link", { name: /^https:\/\/links\.example\.com\// });
    expect(await link.getAttribute("href")).toBe(await link.textContent());
    expect(await link.getAttribute("rel")).toContain("noopener");
    await page.context().close();
  });

  it("shows what is at fault with a refused request, at its field", async () => {
    const { page } = await open("sendPayout");
    await page.getByLabel("amount").fill("-5");
    await page.getByRole("button", { name: "Send", exact: true }).click();
    await answerOf(page)
      .getByText(/^Answer 400/)
      .waitFor();
    const field = page.locator(".rjsf-field", { has: page.getByLabel("amount") }).last();
    expect(await field.locator(".error-detail").textContent()).toMatch(/greater than 0/i);
    expect(await violations(page)).toEqual([]);
    await answerOf(page).getByRole("link", { name: "/amount" }).click();
    expect(await page.evaluate(() => document.activeElement?.id)).toBe("body_amount");
    await page.getByLabel("amount").fill("5");
    await page.getByRole("button", { name: "Send", exact: true }).click();
    await answerOf(page)
      .getByText(/^Answer 201/)
      .waitFor();
    expect(await page.locator(".error-detail").count()).toBe(0);
    await page.context().close();
  });

  it("sends nothing for a field that is left empty", async () => {
    const { page } = await open("createPayoutLink");
    await page.getByLabel("memo").fill("thanks");
    await page.getByLabel("memo").fill("");
    await page.getByRole("button", { name: "Send", exact: true }).click();
    await answerOf(page).waitFor();
    expect(JSON.parse(mock.requests.at(-1)?.body ?? "")).toEqual({
      amount: 1000,
      delivery: { method: "link" },
    });
    await page.context().close();
  });

  it("is used by keyboard alone", async () => {
    const { page } = await open("createPayoutRequest");
    await page.getByLabel("amount").focus();
    await page.keyboard.press("Enter");
    await answerOf(page)
      .getByText(/^Answer 201/)
      .waitFor();
    // The focus follows the answer, so that whoever hears the page hears it.
    await page.locator("#answer:focus").waitFor();
    await page.context().close();
  });

  it("keeps credentials in memory alone", async () => {
    const { page } = await open("createPayoutLink");
    await page.getByLabel("API key").fill("a-secret-of-mine");
    await page.getByRole("button", { name: "Send", exact: true }).click();
    await answerOf(page).waitFor();
    const kept = await page.evaluate(() =>
      JSON.stringify([{ ...localStorage }, { ...sessionStorage }, document.cookie]),
    );
    expect(kept + page.url()).not.toContain("a-secret-of-mine");
    await page.reload();
    expect(await page.getByLabel("API key").inputValue()).toBe("api-key");
    await page.context().close();
  });

  it("says what to do when no mock is running", async () => {
    const gone = await startMock({ port: 0, spec: bundle });
    await gone.close();
    const { page } = await open("createPayoutLink", gone.url);
    await page.getByRole("button", { name: "Send", exact: true }).click();
    await answerOf(page).getByText("Is the mock running there? npx @dots-payouts/mock starts it.").waitFor();
    await page.context().close();
  });

  it.each(["https://api.dots.dev/api", "http://192.0.2.1:4010", "nonsense"])(
    "refuses to send to %s, and says why",
    async (server) => {
      const { page, complaints } = await open("createPayoutLink", server);
      expect(await page.getByRole("button", { name: "Send", exact: true }).isDisabled()).toBe(true);
      expect(await page.locator("#server-problem").textContent()).toMatch(/own machine|whole URL/);
      expect(complaints).toEqual([]);
      await page.context().close();
    },
  );
});

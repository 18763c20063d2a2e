import type { BrowserContext, Page } from "playwright-core";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { type Mock, startMock } from "../../src/index.ts";
import { chromium } from "../browser/chromium.ts";
import { exchange } from "../raw.ts";

let mock: Mock;
let context: BrowserContext;
/** All tests look at one page, which shows at once what the mock does. */
let page: Page;
const complaints: string[] = [];
const elsewhere: string[] = [];

beforeAll(async () => {
  const [browser, started] = await Promise.all([chromium(), startMock()]);
  mock = started;
  context = await browser.newContext({ permissions: ["clipboard-read", "clipboard-write"] });
  page = await context.newPage();
  page.on("console", (message) => {
    if (["error", "warning"].includes(message.type())) complaints.push(message.text());
  });
  page.on("pageerror", (error) => complaints.push(String(error)));
  page.on("request", (request) => {
    if (!request.url().startsWith(mock.url) && !request.url().startsWith("data:"))
      elsewhere.push(request.url());
  });
  await exchange(mock.url, {});
  await page.goto(`${mock.url}/__mock/`);
  await page.getByText("Live", { exact: true }).waitFor();
}, 60_000);
afterAll(async () => {
  await context.close();
  await mock.close();
});

const rows = () => page.locator("#requests > li");

/** Forgets what was before, and waits until the page shows nothing of it. */
async function clear(): Promise<void> {
  await mock.reset();
  await page.getByText("No request yet.").waitFor();
}

describe("the page at /__mock/", () => {
  it("shows requests as they arrive, newest first, with the reasons of refusals", async () => {
    await exchange(mock.url, { body: '{"amount":5,"payee":{"email":7}}' });
    await expect.poll(() => rows().count()).toBe(2);
    expect(await rows().first().textContent()).toMatch(
      /400POST.*\/payee\/email payee\.email must be a string/,
    );
    expect(await rows().last().textContent()).toMatch(/200POST/);
    expect({ complaints, elsewhere }).toEqual({ complaints: [], elsewhere: [] });
  });

  it("shows request and answer, with the invalid field marked", async () => {
    await clear();
    await exchange(mock.url, { body: '{"amount":5,"payee":{"email":7}}' });
    await page.locator(".row").first().click();
    await page.getByRole("heading", { name: "Request · createPayoutLink" }).waitFor();
    expect(await page.locator("mark").allInnerTexts()).toEqual(['"email": 7']);
    expect(await page.locator("pre").nth(2).textContent()).toContain("payee.email must be a string");
  });

  it("copies a request as a working curl command", async () => {
    await clear();
    await exchange(mock.url, { body: `{"amount":5,"memo":"it's"}` });
    await page.locator(".row").first().click();
    await page.getByRole("button", { name: "Copy as curl" }).click();
    await page.getByRole("button", { name: "Copied" }).waitFor();
    const command = await page.evaluate("navigator.clipboard.readText()");
    expect(command).toBe(
      [
        `curl '${mock.url}/v2/payout-links'`,
        "-u client:key",
        "-H 'content-type: application/json'",
        `--data-raw '{"amount":5,"memo":"it'\\''s"}'`,
      ].join(" \\\n  "),
    );
  });

  it("filters by words and by refusal", async () => {
    await clear();
    await exchange(mock.url, {});
    await exchange(mock.url, { body: "{}" });
    await exchange(mock.url, { path: "/v2/payout-requests", body: "{}" });
    const shown = () => page.locator("#requests > li:visible").count();
    await expect.poll(shown).toBe(3);
    await page.getByLabel("Refused only").check();
    await expect.poll(shown).toBe(2);
    await page.getByRole("searchbox").fill("payout-links amount");
    await expect.poll(shown).toBe(1);
    await page.getByRole("searchbox").fill("nothing like it");
    await page.getByText("No request fits the filter.").waitFor();
    await page.getByRole("searchbox").fill("");
    await page.getByLabel("Refused only").uncheck();
  });

  it("clears what the mock remembers", async () => {
    await exchange(mock.url, {});
    await page.locator(".row").first().waitFor();
    await page.getByRole("button", { name: "Clear" }).click();
    await page.getByText("No request yet.").waitFor();
    expect(mock.requests).toEqual([]);
  });

  it("shows resources, and moves them with a button", async () => {
    await clear();
    const { id } = JSON.parse((await exchange(mock.url, {})).text);
    await page.getByText(/^Resources/).click();
    const link = page.locator("#resources > li").filter({ hasText: id });
    await link.getByRole("button", { name: "claim", exact: true }).click();
    await link.getByText("claimed", { exact: true }).waitFor();
    expect((await mock.resources()).map(({ state }) => state).toSorted()).toEqual(["claimed", "completed"]);
    expect(complaints).toEqual([]);
  });

  it("shows warnings and repeated answers", async () => {
    const body = '{"amount":5,"idempotency_key":"6D1C9A7E-0F5B-4C38-BB1D-2A9F0E7C4D51"}';
    await clear();
    for (let times = 0; times < 2; times += 1) await exchange(mock.url, { body });
    await expect.poll(() => rows().count()).toBe(2);
    expect(await rows().first().textContent()).toMatch(/Warning: 6D1C.*Repeated answer/);
  });

  it("works with the keyboard alone", async () => {
    await clear();
    await exchange(mock.url, {});
    await page.locator(".row").first().focus();
    await page.keyboard.press("Enter");
    await page.getByRole("heading", { name: "Answer · 200" }).waitFor();
  });

  it("shows the content of a request as text, whatever it is", async () => {
    await clear();
    await exchange(mock.url, { path: "/<img src=x onerror=alert(1)>".replaceAll(" ", "%20"), body: "{}" });
    await exchange(mock.url, { body: '{"amount":5,"memo":"<script>alert(1)</script>"}' });
    await expect.poll(() => rows().count()).toBe(2);
    for (const row of await page.locator(".row").all()) await row.click();
    await page.getByText("<script>alert(1)</script>").first().waitFor();
    expect(await page.locator("main img, main script").count()).toBe(0);
    expect(complaints).toEqual([]);
  });

  it("shows the stored requests after a restart", async () => {
    const first = await startMock();
    for (let count = 0; count < 3; count += 1) await exchange(first.url, { body: '{"amount":"old"}' });
    await page.goto(`${first.url}/__mock/`);
    await expect.poll(() => rows().count()).toBe(3);
    await first.close();
    await page.getByText("Trying again").waitFor();
    await using second = await startMock({ port: Number(new URL(first.url).port) });
    await exchange(second.url, {});
    await page.getByText("Live", { exact: true }).waitFor();
    await expect.poll(() => rows().count()).toBe(1);
    expect(await rows().first().textContent()).toMatch(/200POST/);
  });
});

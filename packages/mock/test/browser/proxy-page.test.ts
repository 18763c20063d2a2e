import { expect, it } from "vitest";
import { startMock } from "../../src/index.ts";
import { json, startUpstream } from "../http/upstream.ts";
import { exchange } from "../raw.ts";
import { chromium } from "./chromium.ts";

it("marks what breaks the spec in the request or in the response, even if the status is a success", async () => {
  await using upstream = await startUpstream(json(200, { id: 7, amount: 5 }));
  await using proxy = await startMock({ proxy: upstream.url });
  await exchange(proxy.url, { body: '{"memo":"7","amount":0}' });
  const browser = await chromium();
  const page = await browser.newPage({ viewport: { width: 1200, height: 700 } });
  try {
    await page.goto(`${proxy.url}/__mock/`);
    await page.getByLabel("Refused only").check();
    await page.locator(".row").first().click();
    const sides = page.locator(".side");
    await sides.nth(1).waitFor();
    expect(await sides.nth(0).locator("mark").allInnerTexts()).toEqual(['"amount": 0']);
    expect(await sides.nth(1).locator("mark").allInnerTexts()).toEqual(['"id": 7']);
    expect(await page.locator("li.refused").count()).toBe(1);
  } finally {
    await page.close();
  }
});

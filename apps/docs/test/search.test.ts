import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { markNewKinds, newViolations } from "./support/axe.ts";
import { servedSite } from "./support/served-site.ts";
import { type Visit, visit } from "./support/visit.ts";

/** A reader's question, the search text, and the place with the answer. */
const QUESTIONS: readonly (readonly [question: string, query: string, place: string])[] = [
  ["How do I start?", "first payout", "guides/getting-started/"],
  ["How do I pay once?", "idempotancy", "guides/idempotency/"],
  ["Was a payout made when the server answers 429?", "429", "guides/errors/"],
  ["What is tried again?", "retry", "packages/client/"],
  ["How do I make a link?", "createPayoutLink", "reference/create-payout-link/"],
  ["What does the client call it?", "payouts.send", "reference/send-payout/"],
  ["What is delivery.method?", "delivery method", "reference/create-payout-link/"],
  ["How do I test without money?", "mock vitest", "guides/testing/"],
  ["Does my server keep the contract?", "contract suite", "guides/contract-suite/"],
  ["What may an update break?", "breaking", "guides/versions/"],
  ["How do I pay a file of people?", "csv", "guides/many-payouts/"],
  ["Has my payout arrived?", "paid out", "guides/what-became/"],
  ["What if the process dies?", "crash", "guides/idempotency/"],
];

/** How many results a reader reads. */
const LOOKED_AT = 4;

describe("the search", () => {
  const site = servedSite();
  let visited: Visit;

  beforeAll(async () => {
    visited = await visit(site.browser, `${site.url}guides/versions/`);
  });

  afterAll(() => visited?.page.context().close());

  it("opens with / and works with the keyboard alone", async () => {
    const { page } = visited;
    await page.keyboard.press("/");
    await page.getByRole("combobox", { name: "Search" }).waitFor();
    await page.keyboard.type("idempotency key");
    await page.getByRole("option").first().waitFor();
    await markNewKinds(page, new Set());
    expect(await newViolations(page)).toEqual([]);
    const second = await page.getByRole("option").nth(1).getAttribute("href");
    await page.keyboard.press("ArrowDown");
    await page.keyboard.press("Enter");
    await page.waitForURL(String(second));
  });

  it.each(QUESTIONS)("finds: %s", async (_question, query, place) => {
    const { page } = visited;
    if (!(await page.getByRole("combobox", { name: "Search" }).isVisible())) {
      await page.getByRole("button", { name: "Search" }).click();
    }
    await page.getByRole("combobox", { name: "Search" }).fill(query);
    await page.getByRole("option").first().waitFor();
    const links = await page
      .getByRole("option")
      .evaluateAll((options) => options.map((option) => String(option.getAttribute("href"))));
    expect(
      links.slice(0, LOOKED_AT).some((link) => link.startsWith(site.url + place)),
      links.join("\n"),
    ).toBe(true);
  });

  it("says that nothing was found, without sending a request", async () => {
    const { page, complaints } = visited;
    await page.getByRole("combobox", { name: "Search" }).fill("xyzzyplugh");
    await page.getByText("Nothing found for “xyzzyplugh”.").waitFor();
    expect(complaints).toEqual([]);
    await page.keyboard.press("Escape");
    await page.getByRole("combobox", { name: "Search" }).waitFor({ state: "hidden" });
  });

  it("keeps what was typed before it was loaded", async () => {
    const { page } = visited;
    await page.reload();
    await page.evaluate(() => {
      for (const key of "/csv") dispatch(key);
      function dispatch(key: string): void {
        document.body.dispatchEvent(new KeyboardEvent("keydown", { key, bubbles: true, cancelable: true }));
      }
    });
    await page.getByRole("option").first().waitFor();
    expect(await page.getByRole("combobox", { name: "Search" }).inputValue()).toBe("csv");
  });
});

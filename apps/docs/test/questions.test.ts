import type { Page } from "playwright-core";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { servedSite } from "./support/served-site.ts";
import { type Visit, visit } from "./support/visit.ts";

/** A path from the start page: links to click, or text to type into the search. */
type Way =
  | { readonly clicks: readonly [] | readonly [string] | readonly [string, string] }
  | { readonly search: string };

interface Question {
  readonly asked: string;
  readonly way: Way;
  /** The text that answers the question. */
  readonly answer: RegExp;
}

/** Written before the pages were checked: questions of a developer who has money to send, with acceptable answers. */
const QUESTIONS: readonly Question[] = [
  {
    asked: "How do I send a first request, without an account?",
    way: { clicks: [] },
    answer: /npx @dots-payouts\/mock/,
  },
  {
    asked: "The server answered 500. Has the money moved?",
    way: { clicks: ["Guides", "Errors, outcomes and retries"] },
    answer: /5xx\s+unknown\s+send it again with the same key/,
  },
  {
    asked: "Which fields does a payout need?",
    way: { clicks: ["Send a payout"] },
    answer: /amount\s+integer.*required/,
  },
  {
    asked: "Which states can a payout link be in, and what comes after which?",
    way: { clicks: ["Payout link: states"] },
    answer: /claimed: a user took it.*not been paid out yet/s,
  },
  {
    asked: "For how long can I send the same request again?",
    way: { search: "how long does an idempotency key live" },
    answer: /After 24 hours the same key makes a new payout/,
  },
  {
    asked: "Is the amount in cents or in dollars?",
    way: { search: "cents" },
    answer: /in cents/,
  },
  {
    asked: "How do I know whether the payee has the money?",
    way: { search: "has the money arrived" },
    answer: /Paid out is a transfer of type payout/,
  },
  {
    asked: "How do I check that a webhook is really from Dots?",
    way: { search: "webhook signature" },
    answer: /Verify the signature|verifyWebhook does the checking/,
  },
  {
    asked: "How do I test this in Python?",
    way: { search: "python test" },
    answer: /python3 -m unittest/,
  },
  {
    asked: "How do I pay everyone in a spreadsheet?",
    way: { search: "spreadsheet" },
    answer: /dots-outbox run|@dots-payouts\/outbox run/,
  },
];

/** How many results a reader reads. */
const LOOKED_AT = 3;

const collapse = (text: string): string => text.replaceAll(/[ \t]+/g, " ");

/** The texts of the first results of a search. */
async function findTexts(page: Page, words: string): Promise<string[]> {
  const search = page.getByRole("combobox", { name: "Search" });
  if (!(await search.isVisible())) await page.getByRole("button", { name: "Search" }).click();
  await search.fill(words);
  const options = page.getByRole("option");
  await options.first().waitFor();
  const texts = await options.evaluateAll(
    (all, count) =>
      Promise.all(
        all.slice(0, count).map(async (each) => {
          const html = await (await fetch(String(each.getAttribute("href")))).text();
          return new DOMParser().parseFromString(html, "text/html").querySelector("main")?.textContent ?? "";
        }),
      ),
    LOOKED_AT,
  );
  return texts.map(collapse);
}

describe("a reader's question", () => {
  const site = servedSite();
  let visited: Visit;

  beforeAll(async () => {
    visited = await visit(site.browser, site.url);
  });

  afterAll(() => visited?.page.context().close());

  it.each(QUESTIONS)("is answered: $asked", async ({ way, answer }) => {
    const { page } = visited;
    if ("search" in way) {
      const texts = await findTexts(page, way.search);
      expect(texts.filter((text) => answer.test(text))).not.toEqual([]);
      return;
    }
    await page.goto(site.url);
    for (const name of way.clicks) {
      const link = page.getByRole("link", { name, exact: true }).first();
      const address = await link.evaluate((each) => (each instanceof HTMLAnchorElement ? each.href : ""));
      await link.click();
      await page.waitForURL(address);
    }
    const texts = await page.locator("main").allInnerTexts();
    expect(collapse(texts.join("\n"))).toMatch(answer);
  });
});

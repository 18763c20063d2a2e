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
    asked: "For how long can I send the same request again?",
    way: { search: "how long does an idempotency key live" },
    answer: /After 24 hours the same key makes a new payout/,
  },
  {
    asked: "Which fields does a payout need?",
    way: { clicks: ["Send a payout"] },
    answer: /amount\s+integer.*required/,
  },
  {
    asked: "Is the amount in cents or in dollars?",
    way: { search: "cents" },
    answer: /in cents/,
  },
  {
    asked: "Which states can a payout link be in, and what comes after which?",
    way: { clicks: ["Payout link: states"] },
    answer: /claimed: a user took it.*not been paid out yet/s,
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

const textOf = async (page: Page): Promise<string> =>
  (await page.locator("main").allInnerTexts()).join("\n").replaceAll(/[ \t]+/g, " ");

/** Whether one of these pages contains the answer. */
async function isAnsweredBy(page: Page, links: readonly string[], answer: RegExp): Promise<boolean> {
  for (const link of links) {
    await page.goto(link);
    if (answer.test(await textOf(page))) return true;
  }
  return false;
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
    await page.goto(site.url);
    if ("clicks" in way) {
      for (const name of way.clicks) {
        const link = page.getByRole("link", { name, exact: true }).first();
        const address = await link.evaluate((each) => (each instanceof HTMLAnchorElement ? each.href : ""));
        await link.click();
        await page.waitForURL(address);
      }
      expect(await textOf(page)).toMatch(answer);
    } else {
      await page.getByRole("button", { name: "Search" }).click();
      await page.getByRole("combobox", { name: "Search" }).fill(way.search);
      await page.getByRole("option").first().waitFor();
      const links = await page
        .getByRole("option")
        .evaluateAll((all) => all.map((each) => String(each.getAttribute("href"))));
      expect(await isAnsweredBy(page, links.slice(0, LOOKED_AT), answer), links.join("\n")).toBe(true);
    }
  });
});

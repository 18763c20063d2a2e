import { launchChromium } from "@dots-payouts/chromium";
import { serveDocs } from "@dots-payouts/docs";
import type { Browser } from "playwright-core";
import { median } from "./measurement.ts";

const ROUNDS = 3;
const PATIENCE = 60_000;

/** Pages, and the main content of each. */
const PAGES = {
  start: { path: "", shown: "h1" },
  operation: { path: "reference/create-thing1/", shown: "h1" },
  reference: { path: "reference/", shown: "[data-redoc] h1" },
  console: { path: "try/", shown: "[data-console] form" },
};

interface Paint {
  /** Milliseconds until the first paint. */
  readonly painted: number;
  /** Milliseconds until the main content was visible, and the page responded. */
  readonly interactive: number;
}

/** How long the pages of a built site take in a browser with an empty cache. */
export async function docsPaint(root: string): Promise<Record<keyof typeof PAGES, Paint>> {
  const docs = await serveDocs({ port: 0, root, liveReload: false });
  const browser = await launchChromium();
  const open = async ({ path, shown }: { path: string; shown: string }): Promise<Paint> => {
    const rounds: Paint[] = [];
    for (let round = 0; round < ROUNDS; round += 1)
      rounds.push(await openPage(browser, docs.url + path, shown));
    return {
      painted: median(rounds.map(({ painted }) => painted)),
      interactive: median(rounds.map(({ interactive }) => interactive)),
    };
  };
  try {
    return {
      start: await open(PAGES.start),
      operation: await open(PAGES.operation),
      reference: await open(PAGES.reference),
      console: await open(PAGES.console),
    };
  } finally {
    await browser.close();
    await docs.close();
  }
}

async function openPage(browser: Browser, url: string, shown: string): Promise<Paint> {
  const context = await browser.newContext({ viewport: { width: 1280, height: 900 } });
  context.setDefaultTimeout(PATIENCE);
  try {
    const page = await context.newPage();
    await page.addInitScript(markInteractive, shown);
    await page.goto(url);
    const timeOf = async (name: string): Promise<number> => {
      const entry = await page.waitForFunction(
        (key) => performance.getEntriesByName(key)[0]?.startTime,
        name,
      );
      return (await entry.jsonValue()) ?? Number.NaN;
    };
    return { painted: await timeOf("first-contentful-paint"), interactive: await timeOf("interactive") };
  } finally {
    await context.close();
  }
}

/** Runs in the page. Records when something is visible and the main thread idle for the first time. */
function markInteractive(selector: string): void {
  const look = (): void => {
    const visible = [...document.querySelectorAll(selector)].some((element) => element.checkVisibility());
    if (!visible) requestAnimationFrame(look);
    else requestIdleCallback(() => performance.mark("interactive"));
  };
  requestAnimationFrame(look);
}

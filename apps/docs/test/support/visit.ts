import type { Browser, BrowserContextOptions, Page } from "playwright-core";

/** An open page, and everything unwanted that it did. */
export interface Visit {
  readonly page: Page;
  /** Console messages of any level, uncaught errors, requests to other origins, and failed responses. */
  readonly complaints: string[];
}

/** Opens a URL in a new context, and leaves it open. */
export async function visit(
  browser: Browser,
  url: string,
  options: BrowserContextOptions = {},
): Promise<Visit> {
  const visited = await newPage(browser, new URL(url).origin, options);
  await visited.page.goto(url);
  return visited;
}

/** An empty page in a new context. */
export async function newPage(
  browser: Browser,
  origin: string,
  options: BrowserContextOptions = {},
): Promise<Visit> {
  const context = await browser.newContext(options);
  // Long enough for a busy machine, but shorter than the test's own limit, so that the error says what was missing.
  context.setDefaultTimeout(30_000);
  const page = await context.newPage();
  const complaints: string[] = [];
  page.on("console", (message) => complaints.push(`console ${message.type()}: ${message.text()}`));
  page.on("pageerror", (error) => complaints.push(`error: ${error.message}`));
  page.on("request", (request) => {
    const asked = request.url();
    if (!asked.startsWith("data:") && new URL(asked).origin !== origin) complaints.push(`request: ${asked}`);
  });
  page.on("response", (response) => {
    if (response.status() >= 400) complaints.push(`${response.status()}: ${response.url()}`);
  });
  return { page, complaints };
}

/**
 * Loads a URL in an open page, even if only the fragment differs from what is shown: then the browser alone would not
 * load it again. A way over `about:blank` would start a new process.
 */
export async function load(page: Page, url: string): Promise<void> {
  if (page.url().split("#")[0] !== url.split("#")[0]) {
    await page.goto(url);
    return;
  }
  await page.evaluate((address) => history.replaceState(null, "", address), url);
  await page.reload();
}

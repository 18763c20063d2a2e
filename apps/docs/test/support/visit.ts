import type { Browser, BrowserContext, BrowserContextOptions, Page } from "playwright-core";

/** An open page, and all that it did which a reader would not want it to. */
export interface Visit {
  readonly page: Page;
  /** Console messages of any level, uncaught errors, requests off the origin, and answers that are no success. */
  readonly complaints: string[];
}

/** Opens a URL in a fresh context, and leaves it open. */
export async function visit(
  browser: Browser,
  url: string,
  options: BrowserContextOptions = {},
): Promise<Visit> {
  const visited = await newPage(browser, new URL(url).origin, options);
  await visited.page.goto(url);
  return visited;
}

/** An empty page in a fresh context. */
export async function newPage(
  browser: Browser,
  origin: string,
  options: BrowserContextOptions = {},
): Promise<Visit> {
  return pageIn(await browser.newContext(options), origin);
}

/** An empty page in a context that there is. */
export async function pageIn(context: BrowserContext, origin: string): Promise<Visit> {
  // Long enough for a busy machine, and short enough to say what was missing before the test itself runs out of time.
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

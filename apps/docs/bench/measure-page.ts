import { gzipSync } from "node:zlib";
import type { Browser } from "playwright-core";

export interface Measured {
  /** Milliseconds until the first paint. */
  readonly painted: number;
  /** Milliseconds until the main content was visible, and the page responded. */
  readonly interactive: number;
  /** Kilobytes loaded, compressed with gzip. */
  readonly weight: number;
  readonly requests: number;
}

/**
 * Opens a page in a new context, without a cache and with access to this machine only, until `text` is visible within
 * `place`.
 */
export async function measurePage(
  browser: Browser,
  url: string,
  place: string,
  text: string,
): Promise<Measured> {
  const context = await browser.newContext({ locale: "en-US", viewport: { width: 1280, height: 900 } });
  const page = await context.newPage();
  const { origin } = new URL(url);
  await page.route("**/*", (route) =>
    route.request().url().startsWith(origin) ? route.continue() : route.abort(),
  );
  const bodies: Promise<Buffer>[] = [];
  page.on("response", (response) => bodies.push(response.body().catch(() => Buffer.alloc(0))));
  await page.addInitScript(watchFor, { place, text });
  await page.goto(url);
  const interactive = await page.waitForFunction(
    () => performance.getEntriesByName("interactive")[0]?.startTime,
    null,
    {
      timeout: 15_000,
    },
  );
  const painted = await page.waitForFunction(
    () => performance.getEntriesByName("first-contentful-paint")[0]?.startTime,
  );
  const result = {
    painted: (await painted.jsonValue()) ?? Number.NaN,
    interactive: (await interactive.jsonValue()) ?? Number.NaN,
    weight:
      (await Promise.all(bodies)).reduce((sum, body) => sum + gzipSync(body, { level: 9 }).length, 0) / 1000,
    requests: bodies.length,
  };
  await context.close();
  return result;
}

/** Runs in the page. Records when the text is visible and the main thread idle for the first time. */
function watchFor({ place, text }: { place: string; text: string }): void {
  const shown = (): boolean =>
    [...document.querySelectorAll<HTMLElement>(place)].some(
      (element) => element.checkVisibility() && (element.textContent ?? "").includes(text),
    );
  const look = (): void => {
    if (!shown()) requestAnimationFrame(look);
    else requestIdleCallback(() => performance.mark("interactive"));
  };
  requestAnimationFrame(look);
}

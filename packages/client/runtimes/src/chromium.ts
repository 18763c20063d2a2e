import { launchChromium } from "@dots-payouts/chromium";
import { startServer } from "./server.ts";

/** Runs the suite in a page of a real Chromium, served from the same origin as the API. */
export async function openInChromium(suite: string, closed: string): Promise<readonly string[]> {
  const page =
    '<!doctype html><title>suite</title><script type="module">import { runSuite } from "/suite.js"; window.runSuite = runSuite;</script>';
  const server = await startServer({ "/page.html": page, "/suite.js": suite });
  const browser = await launchChromium();
  try {
    const tab = await browser.newPage();
    await tab.goto(`${server.url}/page.html`);
    await tab.waitForFunction("window.runSuite !== undefined");
    const given = JSON.stringify([server.url, closed, { tells: false, replays: true }]);
    return await tab.evaluate(`window.runSuite(...${given})`);
  } finally {
    await browser.close();
    server.closeAllConnections();
    server.close();
  }
}

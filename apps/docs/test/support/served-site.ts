import { sharedChromium } from "@dots-payouts/chromium";
import type { Browser } from "playwright-core";
import { afterAll, beforeAll } from "vitest";
import { type DocsServer, serveDocs } from "../../src/index.ts";

/** The built site on a free port, and a browser for it. */
export interface ServedSite {
  readonly url: string;
  readonly browser: Browser;
}

/** Serves the site for the tests of the calling suite. The result is available once they run. */
export function servedSite(): ServedSite {
  let docs: DocsServer;
  let browser: Browser;
  beforeAll(async () => {
    docs = await serveDocs({ port: 0, liveReload: false });
    browser = await sharedChromium();
  });
  afterAll(() => docs?.close());
  return {
    get url() {
      return docs.url;
    },
    get browser() {
      return browser;
    },
  };
}

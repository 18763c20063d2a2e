import { mkdirSync, mkdtempSync, rmSync, symlinkSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { dirname, join } from "node:path";
import { sharedChromium } from "@dots-payouts/chromium";
import type { Browser } from "playwright-core";
import { afterAll, beforeAll } from "vitest";
import { type DocsServer, serveDocs } from "../../src/index.ts";
import { DIST } from "./pages.ts";

/** The built site on a free port, and a browser for it. */
export interface ServedSite {
  readonly url: string;
  readonly browser: Browser;
}

/**
 * Serves the site for the tests of the calling suite. The result is available once they run.
 * @param path where the site is on its host, if not at the root
 */
export function servedSite(path?: `${string}/`): ServedSite {
  let docs: DocsServer;
  let browser: Browser;
  let root: string | undefined;
  beforeAll(async () => {
    root = path === undefined ? undefined : siteBelow(path);
    docs = await serveDocs({ port: 0, liveReload: false, ...(root === undefined ? {} : { root }) });
    browser = await sharedChromium();
  });
  afterAll(async () => {
    await docs?.close();
    if (root !== undefined) rmSync(root, { recursive: true, force: true });
  });
  return {
    get url() {
      return docs.url + (path ?? "");
    },
    get browser() {
      return browser;
    },
  };
}

/** A folder with the built site below a path, and something else at its root. */
function siteBelow(path: string): string {
  const root = mkdtempSync(join(tmpdir(), "docs-path-"));
  writeFileSync(join(root, "index.html"), "Something else");
  mkdirSync(join(root, dirname(path)), { recursive: true });
  symlinkSync(DIST, join(root, path.slice(0, -1)), "junction");
  return root;
}

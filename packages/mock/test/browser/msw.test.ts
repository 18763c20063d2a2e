import { readFile } from "node:fs/promises";
import { createServer, type Server } from "node:http";
import { createRequire } from "node:module";
import type { Page } from "playwright-core";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { AUTHORIZATION } from "../send.ts";
import { bundlePage } from "./bundle-page.ts";
import { chromium } from "./chromium.ts";

const WORKER = createRequire(import.meta.url).resolve("msw/mockServiceWorker.js");
const LINKS = "https://pls.senddotssandbox.com/api/v2/payout-links";

describe("the handlers in Chromium", () => {
  let imports: readonly string[];
  let site: Server;
  let page: Page;

  beforeAll(async () => {
    const bundle = await bundlePage();
    imports = bundle.imports;
    const files = new Map([
      ["/", { type: "text/html", text: '<!doctype html><script type="module" src="/page.js"></script>' }],
      ["/page.js", { type: "text/javascript", text: bundle.code }],
      ["/mockServiceWorker.js", { type: "text/javascript", text: await readFile(WORKER, "utf8") }],
    ]);
    site = createServer((request, response) => {
      const file = files.get(request.url ?? "");
      response.writeHead(file === undefined ? 404 : 200, { "content-type": file?.type ?? "text/plain" });
      response.end(file?.text);
    });
    await new Promise<void>((resolve) => site.listen(0, "127.0.0.1", resolve));
    const browser = await chromium();
    page = await browser.newPage();
    const address = site.address();
    if (address === null || typeof address === "string") throw new Error("the page has no port");
    await page.goto(`http://127.0.0.1:${address.port}/`);
    await page.waitForFunction("globalThis.ready === true");
  });

  afterAll(async () => {
    await page?.close();
    site?.close();
  });

  const send = (body: unknown) =>
    page.evaluate(
      async ([url, authorization, text]) => {
        const response = await fetch(url, {
          method: "POST",
          headers: { authorization, "content-type": "application/json" },
          body: text,
        });
        return { status: response.status, body: await response.json() };
      },
      [LINKS, AUTHORIZATION, JSON.stringify(body)] as const,
    );

  it("only need what a browser has", () => {
    expect(imports).toEqual([]);
  });

  it("answer like the server", async () => {
    const idempotency_key = crypto.randomUUID();
    const first = await send({ amount: 725, idempotency_key });
    expect(first).toMatchObject({ status: 200, body: { amount: 725 } });
    expect((await send({ amount: 1, idempotency_key })).body).toEqual(first.body);
  });

  it("refuse with reasons, and record them", async () => {
    const refused = await send({ amount: 0 });
    expect(refused).toMatchObject({ status: 400, body: { errors: [{ path: "/amount" }] } });
    const entry = await page.evaluate("globalThis.mock.requests.at(-1)");
    expect(entry).toMatchObject({ status: 400, headers: { authorization: "Basic ***" } });
  });
});

import { fileURLToPath } from "node:url";
import type { Browser } from "playwright-core";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { type Mock, startMock } from "../../src/index.ts";
import { post } from "../send.ts";
import { chromium } from "./chromium.ts";

const SECRET = "victim@example.com";

let browser: Browser;
let mock: Mock;
let id: string;
beforeAll(async () => {
  [browser, mock] = await Promise.all([chromium(), startMock()]);
  const { body } = await post(`${mock.url}/v2/payout-links`, { amount: 1, payee: { email: SECRET } });
  id = String(body["id"]);
}, 60_000);
afterAll(() => mock.close());

const ATTACK = fileURLToPath(new URL("attack.js", import.meta.url));

const rebound = (url: string) => url.replace("127.0.0.1", "evil.example");

describe("a page of another origin", () => {
  it.each([
    ["at another port", "http://evil.example/", (url: string) => url],
    ["over HTTPS", "https://evil.example/", (url: string) => url],
    ["whose name leads to the mock", "http://evil.example:<port>/", rebound],
  ])("%s can't read or change anything in the mock", async (_, place, targetOf) => {
    const address = place.replace("<port>", new URL(mock.url).port);
    const page = await browser.newPage();
    await page.route(address, (route) =>
      route.fulfill({ contentType: "text/html", body: "<!doctype html><title>Evil</title><body></body>" }),
    );
    await page.goto(address);
    const requests = mock.requests.length;
    const before = { resources: await mock.resources(), pending: mock.pending };
    await page.addScriptTag({ path: ATTACK });
    const got: string[] = await page.evaluate(
      `attack(${JSON.stringify(targetOf(mock.url))}, ${JSON.stringify(id)})`,
    );
    await page.close();
    // The requests did reach the mock.
    expect(mock.requests.length).toBeGreaterThan(requests);
    // Of opaque answers, a page sees neither status nor body. It already knows its own name.
    const nothing = /^opaque (GET|POST) $|The mock does not answer to evil\.example/;
    expect(got.filter((text) => !nothing.test(text))).toEqual([]);
    expect({ resources: await mock.resources(), pending: mock.pending }).toEqual(before);
    expect(Math.abs(mock.clock.now().getTime() - Date.now())).toBeLessThan(60_000);
    expect(mock.requests[0]?.body).toContain(SECRET);
    expect(mock.requests.slice(1).filter(({ status }) => status < 400)).toEqual([]);
  });
});

import { readFileSync } from "node:fs";
import { request } from "node:https";
import { fileURLToPath } from "node:url";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { type Mock, startMock } from "../src/index.ts";
import { AUTHORIZATION } from "./send.ts";

const file = (name: string) => fileURLToPath(new URL(`certificate/${name}`, import.meta.url));
const CERT = file("cert.pem");
const KEY = file("key.pem");

let mock: Mock;
beforeAll(async () => {
  mock = await startMock({ cert: CERT, key: KEY });
});
afterAll(() => mock.close());

/** Posts a link to a server whose certificate has to be the one above. */
function pay(url: string, headers: Record<string, string> = {}): Promise<number | undefined> {
  return new Promise((resolve, reject) => {
    const all = { authorization: AUTHORIZATION, "content-type": "application/json", ...headers };
    const outgoing = request(url, { method: "POST", headers: all, ca: readFileSync(CERT), agent: false });
    outgoing.on("error", reject);
    outgoing.on("response", (answer) => {
      answer.on("error", reject).on("end", () => resolve(answer.statusCode));
      answer.resume();
    });
    outgoing.end('{"amount":5}');
  });
}

describe("a mock with a certificate", () => {
  it("serves HTTPS", async () => {
    expect(mock.url).toMatch(/^https:/);
    expect(await pay(`${mock.url}/v2/payout-links`)).toBe(200);
  });

  it("breaks off where a connection is to be reset, and goes on", async () => {
    await expect(pay(`${mock.url}/v2/payout-links`, { prefer: "fault=reset" })).rejects.toThrow(
      /hang up|ECONNRESET/,
    );
    expect(await pay(`${mock.url}/v2/payout-links`)).toBe(200);
  });

  it("answers no plain HTTP", async () => {
    await expect(fetch(mock.url.replace("https", "http"))).rejects.toThrow("fetch failed");
    expect(await pay(`${mock.url}/v2/payout-links`)).toBe(200);
  });
});

describe("a certificate", () => {
  it.each([
    ["without its key", { cert: CERT }, /needs its key/],
    ["that is not there", { cert: `${CERT}.gone`, key: KEY }, /The file of cert cannot be read .*ENOENT/],
    ["that is none", { cert: KEY, key: KEY }, /cannot be used with this key/],
  ])("%s is refused", async (_, options, problem) => {
    await expect(startMock(options)).rejects.toThrow(problem);
  });
});

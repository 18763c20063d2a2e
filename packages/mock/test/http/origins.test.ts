import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { type Mock, startMock } from "../../src/index.ts";
import { exchange } from "../raw.ts";

let mock: Mock;
beforeAll(async () => {
  mock = await startMock({ allowHost: ["mock.example.com"], allowOrigin: ["https://app.example.com"] });
});
afterAll(() => mock.close());

describe("the mock answers", () => {
  it.each([
    ...["127.0.0.1", "127.0.0.1:4010", "[::1]:4010", "10.0.0.7", "localhost", "LOCALHOST:1", "localhost."],
    ...["payouts.localhost", "mock", "dots-mock:4010", "mock.example.com", "Mock.Example.com:80"],
  ])("as %s", async (host) => {
    expect((await exchange(mock.url, { headers: { host } })).status).toBe(200);
  });

  it.each(["evil.example", "127.0.0.1.evil.example", "evil.example:4010", "localhost.evil.example", "1.2.3"])(
    "but not as %s, on any path",
    async (host) => {
      for (const path of ["/v2/payout-links", "/__mock/requests", "/__mock/"]) {
        const { status, text } = await exchange(mock.url, {
          method: "GET",
          path,
          headers: { host },
          body: "",
        });
        expect([status, text]).toEqual([421, expect.stringContaining("--allow-host")]);
      }
    },
  );

  it("but not under a foreign name, even with --proxy", async () => {
    await using proxy = await startMock({ proxy: mock.url });
    expect((await exchange(proxy.url, { headers: { host: "evil.example" } })).status).toBe(421);
    expect((await exchange(proxy.url, {})).status).toBe(200);
  });
});

describe("a page", () => {
  it.each(["http://localhost:5173", "http://127.0.0.1:8080", "http://[::1]:1", "https://app.example.com"])(
    "of %s can call the API with credentials",
    async (origin) => {
      const { status, headers } = await exchange(mock.url, { headers: { origin } });
      expect(status).toBe(200);
      expect(headers).toMatchObject({
        "access-control-allow-origin": origin,
        "access-control-allow-credentials": "true",
        vary: "origin",
      });
      const refused = await exchange(mock.url, { body: "{}", headers: { origin } });
      expect([refused.status, refused.headers["access-control-allow-origin"]]).toEqual([400, origin]);
      const asked = {
        origin,
        authorization: undefined,
        "access-control-request-method": "POST",
        "access-control-request-headers": "authorization,content-type",
      };
      const preflight = await exchange(mock.url, { method: "OPTIONS", headers: asked, body: "" });
      expect(preflight.status).toBe(204);
      expect(preflight.headers).toMatchObject({
        "access-control-allow-methods": "POST",
        "access-control-allow-headers": "authorization,content-type",
      });
    },
  );

  it.each(["https://evil.example", "null", "http://localhost.evil.example", "http://127.0.0.1.evil.example"])(
    "of %s can't do anything",
    async (origin) => {
      const before = await exchange(mock.url, { method: "GET", body: "" });
      const { status, headers } = await exchange(mock.url, { headers: { origin } });
      expect([status, headers["access-control-allow-origin"]]).toEqual([403, undefined]);
      const after = await exchange(mock.url, { method: "GET", body: "" });
      expect(JSON.parse(after.text)).toEqual(JSON.parse(before.text));
    },
  );

  it("of another origin can't read or clear the requests, even if it is on this machine", async () => {
    const own = new URL(mock.url).host;
    for (const headers of [
      { origin: "http://localhost:5173" },
      { origin: "https://app.example.com" },
      { origin: "null" },
      { "sec-fetch-site": "cross-site", "sec-fetch-mode": "no-cors" },
      { "sec-fetch-site": "same-site", "sec-fetch-mode": "navigate", "sec-fetch-dest": "iframe" },
    ]) {
      for (const [method, path] of [
        ["GET", "/__mock/requests"],
        ["GET", "/__mock/events"],
        ["POST", "/__mock/clock"],
        ["DELETE", "/__mock/state"],
      ] as const) {
        expect((await exchange(mock.url, { method, path, headers, body: "" })).status).toBe(403);
      }
    }
    for (const headers of [
      {},
      { origin: `http://${own}` },
      { "sec-fetch-site": "same-origin" },
      { "sec-fetch-site": "none" },
    ]) {
      const shape = { method: "GET", path: "/__mock/requests", headers: { host: own, ...headers }, body: "" };
      expect((await exchange(mock.url, shape)).status).toBe(200);
    }
  });

  it("can link to the mock's page", async () => {
    const headers = {
      "sec-fetch-site": "cross-site",
      "sec-fetch-mode": "navigate",
      "sec-fetch-dest": "document",
    };
    const shape = { method: "GET", path: "/__mock/", headers, body: "" };
    expect((await exchange(mock.url, shape)).status).toBe(200);
  });
});

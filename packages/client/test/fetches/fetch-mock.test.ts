import fetchMock from "fetch-mock";
import { afterAll, afterEach, beforeAll, describe, expect, it } from "vitest";
import { failure } from "../client.ts";
import { API, BODY, expectPayout, MADE, PATH, sandbox } from "./payout.ts";

beforeAll(() => void fetchMock.mockGlobal());
afterEach(() => void fetchMock.removeRoutes().clearHistory());
afterAll(() => void fetchMock.unmockGlobal());

describe("fetch-mock", () => {
  it("sees the whole request", async () => {
    fetchMock.post(API + PATH, { status: 201, body: MADE });
    expect(await sandbox().payouts.send(BODY)).toEqual(MADE);
    const { url, options } = fetchMock.callHistory.lastCall() ?? {};
    expect(url).toBe(API + PATH);
    expectPayout(options?.body);
  });

  it("can tell requests apart by their body and their headers", async () => {
    fetchMock.route({
      url: `begin:${API}`,
      method: "POST",
      headers: { authorization: `Basic ${btoa("id:key")}` },
      body: { amount: 1000 },
      matchPartialBody: true,
      response: { status: 201, body: MADE },
    });
    expect(await sandbox().payouts.send(BODY)).toEqual(MADE);
    expect((await sandbox().http.POST(PATH, { body: BODY })).data).toEqual(MADE);
  });

  it("can fail, which leaves the outcome open", async () => {
    const refused = Object.assign(new TypeError("fetch failed"), { cause: { code: "ECONNREFUSED" } });
    fetchMock.route({ url: `begin:${API}`, response: { throws: refused } });
    expect(await failure(sandbox().payouts.send(BODY))).toMatchObject({ outcome: "unknown", attempts: 3 });
  });

  it("can be slow", async () => {
    fetchMock.route({ url: `begin:${API}`, response: { status: 201, body: MADE }, delay: 300 });
    const call = sandbox().payouts.send(BODY, { timeout: 30, maxRetries: 0 });
    expect(await failure(call)).toMatchObject({ name: "TimeoutError", outcome: "unknown" });
  });
});

import { gzipSync } from "node:zlib";
import { describe, expect, it } from "vitest";
import { type JournalEntry, startMock } from "../../src/index.ts";
import { exchange, type Shape } from "../raw.ts";
import { json, startUpstream } from "./upstream.ts";

const LINK = {
  id: "6f0c2a52-8b2f-4c3e-9d55-0d3c6ef0b1aa",
  created: "2026-01-01T00:00:00Z",
  link: "https://links.example.com/x",
  amount: 5,
  status: "sent",
};

/** The proxy's report on one exchange. */
async function report(answer: Parameters<typeof startUpstream>[0], shape: Shape = {}): Promise<JournalEntry> {
  await using upstream = await startUpstream(answer);
  await using proxy = await startMock({ proxy: upstream.url });
  await exchange(proxy.url, shape);
  await expect.poll(() => proxy.requests).toHaveLength(1);
  const [entry] = proxy.requests;
  if (entry === undefined) throw new Error("nothing was reported");
  return entry;
}

describe("a proxy reports", () => {
  it("nothing if everything is as in the spec", async () => {
    await using real = await startMock();
    await using proxy = await startMock({ proxy: real.url });
    const payee = { country_code: "1", phone_number: "2025550139" };
    const body = JSON.stringify({ amount: 5, payee });
    for (const path of ["/v2/payout-links", "/v2/payouts/send-payout", "/v2/payout-requests"]) {
      expect((await exchange(proxy.url, { path, body })).status).toBeLessThan(300);
    }
    await expect.poll(() => proxy.requests).toHaveLength(3);
    expect(proxy.requests.flatMap(({ reasons }) => reasons)).toEqual([]);
    expect(proxy.requests[0]).toMatchObject({ operation: "createPayoutLink", body, status: 200 });
    expect(proxy.requests[0]?.answer.body).toContain('"amount":5');
  });

  it("a request that breaks the spec, even if the server accepts it", async () => {
    const { status, reasons } = await report(json(200, LINK), { body: '{"amount":"5"}' });
    expect(status).toBe(200);
    expect(reasons).toEqual([{ path: "/amount", code: "type", message: "amount must be an integer" }]);
  });

  it("where an answer breaks its schema", async () => {
    const { reasons } = await report(json(200, { ...LINK, amount: "5", link: undefined }));
    expect(reasons).toMatchObject([
      { path: "/link", code: "required", message: "In the answer: link is missing", side: "answer" },
      { path: "/amount", code: "type", message: "In the answer: amount must be a number", side: "answer" },
    ]);
  });

  it.each([
    ["a status that is not documented", json(203, LINK), "status"],
    ["a redirect", json(302, {}), "status"],
    ["an answer that is not JSON", (response) => response.end("<html>"), "content-type"],
    [
      "an answer of another type",
      (response) => response.setHeader("content-type", "text/html").end("<html>"),
      "content-type",
    ],
    [
      "JSON that is malformed",
      (response) => response.setHeader("content-type", "application/json").end('{"id":'),
      "json",
    ],
    ["an answer without a body", (response) => response.end(), "required"],
  ] satisfies [string, Parameters<typeof startUpstream>[0], string][])("%s", async (_name, answer, code) => {
    const { reasons } = await report(answer);
    expect(reasons).toMatchObject([{ path: "", code, side: "answer" }]);
    expect(reasons[0]?.message).toMatch(/^In the answer: /);
  });

  it.each([
    ["missing credentials", { headers: { authorization: undefined } }, "credentials"],
    ["an unknown path", { path: "/v3/links" }, "path"],
    ["a wrong method", { method: "PUT" }, "method"],
    ["a content type that is not documented", { headers: { "content-type": "text/plain" } }, "content-type"],
    ["malformed JSON", { body: '{"amount":' }, "json"],
  ] satisfies [string, Shape, string][])("%s", async (_name, shape, code) => {
    const { reasons } = await report(json(200, LINK), shape);
    expect(reasons).toMatchObject([{ code }]);
    expect(reasons[0]).not.toHaveProperty("side");
  });

  it("errors in compressed bodies", async () => {
    const { reasons } = await report(
      (response) => {
        response.writeHead(200, { "content-type": "application/json", "content-encoding": "gzip" });
        response.end(gzipSync(JSON.stringify({ ...LINK, status: 7 })));
      },
      { body: gzipSync('{"amount":0}'), headers: { "content-encoding": "gzip" } },
    );
    expect(reasons.map(({ path, side }) => [path, side])).toEqual([
      ["/amount", undefined],
      ["/status", "answer"],
    ]);
  });

  it("no credentials, although it passes them on", async () => {
    await using upstream = await startUpstream((response) => {
      response.setHeader("set-cookie", ["session=secret-c", "b=secret-d"]).end();
    });
    await using proxy = await startMock({ proxy: upstream.url });
    const authorization = `Basic ${Buffer.from("client:secret-a").toString("base64")}`;
    const reply = await exchange(proxy.url, { headers: { authorization, cookie: "session=secret-b" } });
    expect(reply.headers["set-cookie"]).toHaveLength(2);
    expect(upstream.received[0]?.rawHeaders).toContain(authorization);
    await expect.poll(() => proxy.requests).toHaveLength(1);
    const seen = JSON.stringify(await (await fetch(`${proxy.url}/__mock/requests`)).json());
    expect(seen).toContain('"authorization":"Basic ***"');
    expect(seen).not.toMatch(/secret|c2VjcmV0/);
  });
});

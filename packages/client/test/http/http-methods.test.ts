import { describe, expect, it } from "vitest";
import type { CallOptions, Dots } from "../../src/index.ts";
import { undiciFetch } from "../../src/undici/index.ts";
import { client, failure, LINK } from "../client.ts";
import { type Handler, json, serve } from "../server.ts";

const LINKS = "/v2/payout-links";
const ONE = "/v2/payout-links/{payout_link_id}";
const params = { path: { payout_link_id: "1" } };
const lost: Handler = (_, response) => response.socket?.resetAndDestroy();

type Call = (dots: Dots, options: CallOptions) => PromiseLike<unknown>;

const READS: readonly (readonly [string, Call])[] = [
  ["list", (dots, options) => dots.payoutLinks.list({}, options)],
  ["retrieve", (dots, options) => dots.payoutLinks.retrieve("1", options)],
  [
    "GET by path",
    (dots, { signal = null, headers = {}, ...others }) =>
      dots.http.GET(LINKS, { signal, headers, ...others }),
  ],
];

const CANCELS: readonly (readonly [string, Call])[] = [
  ["cancel", (dots, options) => dots.payoutLinks.cancel("1", options)],
  [
    "DELETE by path",
    (dots, { signal = null, headers = {}, ...others }) =>
      dots.http.DELETE(ONE, { params, signal, headers, ...others }),
  ],
];

describe("a request without a body", () => {
  it.each([
    ["GET", READS[1]?.[1]],
    ["GET", READS[2]?.[1]],
    ["DELETE", CANCELS[0]?.[1]],
    ["DELETE", CANCELS[1]?.[1]],
    ["POST", ((dots, options) => dots.payoutLinks.redeliver("1", options)) satisfies Call],
  ])("announces none: %s", async (method, call) => {
    const { url, seen } = await serve(json(200, { ...LINK, payout_link: LINK, data: [], has_more: false }));
    const headers = { "Content-Type": "application/json" };
    for (const options of [{}, { headers }, { fetch: undiciFetch() }]) {
      await call?.(client(url, options), {});
    }
    expect(seen.map((request) => request.method)).toEqual([method, method, method]);
    for (const request of seen) {
      expect(request.headers).not.toHaveProperty("content-type");
      expect(request.headers.accept).toBe("application/json");
      expect(request.body).toBe("");
    }
  });
});

describe.each(READS)("a call that only reads: %s", (_, read) => {
  it.each<[string, Handler, string]>([
    ["a lost answer", lost, "ConnectionError"],
    ["a server that fails", json(500, {}), "ServerError"],
    ["slowness of the request", json(408, {}), "ApiError"],
    ["an answer that cannot be read", (_, response) => void response.end("<html>"), "UnreadableAnswerError"],
    ["a redirect", json(307, {}, { location: "/" }), "ApiError"],
  ])("has nothing that may have been carried out: %s", async (_, handler, name) => {
    const { url } = await serve(handler);
    const error = await failure(read(client(url), {}));
    expect(error).toMatchObject({ name, outcome: "rejected" });
    expect(error.message).toContain("Nothing was carried out");
    expect(error.message).not.toContain("before you call again");
  });

  it("is not unknown either when it takes too long, or is aborted", async () => {
    const { url } = await serve(() => {});
    expect(await failure(read(client(url, { timeout: 30, maxRetries: 0 }), {}))).toMatchObject({
      name: "TimeoutError",
      outcome: "rejected",
    });
    expect(await failure(read(client(url), { deadline: 30 }))).toMatchObject({
      name: "DeadlineError",
      outcome: "rejected",
    });
    const controller = new AbortController();
    const { url: other } = await serve(() => controller.abort());
    const aborted = failure(read(client(other), { signal: controller.signal }));
    expect(await aborted).toMatchObject({ name: "AbortError", outcome: "rejected" });
  });

  it("is not sent where that cannot be", async () => {
    const { url, seen } = await serve(json(200, {}));
    const stops = [{ deadline: 0 }, { signal: AbortSignal.abort() }, { maxRetries: -1 }];
    for (const options of stops) {
      expect(await failure(read(client(url), options))).toMatchObject({ outcome: "not_sent" });
    }
    expect(seen).toEqual([]);
  });

  it("is repeated", async () => {
    const answer = { ...LINK, data: [], has_more: false };
    const { url, seen } = await serve(lost, json(500, {}), json(200, answer));
    await read(client(url), {});
    expect(seen).toHaveLength(3);
  });
});

describe.each(CANCELS)("a call that may be repeated without a key: %s", (_, cancel) => {
  it("is repeated when its answer is lost", async () => {
    const { url, seen } = await serve(lost, json(200, LINK));
    await cancel(client(url), {});
    expect(seen.map(({ method }) => method)).toEqual(["DELETE", "DELETE"]);
  });

  it("is unknown when it is refused after an attempt whose answer was lost", async () => {
    const { url, seen } = await serve(lost, json(404, {}));
    const error = await failure(cancel(client(url), {}));
    expect(error).toMatchObject({ name: "NotFoundError", outcome: "unknown", attempts: 2 });
    expect(seen).toHaveLength(2);
  });

  it("is rejected when it is refused at once", async () => {
    const { url } = await serve(json(404, {}));
    expect(await failure(cancel(client(url), {}))).toMatchObject({ outcome: "rejected", attempts: 1 });
  });
});

describe("a call that is not to be repeated", () => {
  it("stays so: redeliver", async () => {
    const { url, seen } = await serve(lost);
    expect(await failure(client(url).payoutLinks.redeliver("1"))).toMatchObject({ outcome: "unknown" });
    expect(seen).toHaveLength(1);
  });
});

it("a HEAD gives the headers of the answer", async () => {
  const { url, seen } = await serve(json(200, LINK, { "x-request-id": "1" }));
  // @ts-expect-error the description has no such method
  const answer: { response: Response; data: unknown } = await client(url).http.HEAD(LINKS);
  const { response, data } = answer;
  expect([response.status, response.headers.get("x-request-id"), data]).toEqual([200, "1", undefined]);
  expect(seen).toHaveLength(1);
});

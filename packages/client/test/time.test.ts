import { getEventListeners } from "node:events";
import { describe, expect, it } from "vitest";
import { AbortError, DeadlineError, InvalidRequestError, TimeoutError } from "../src/index.ts";
import { client, failure, LINK } from "./client.ts";
import { type Handler, json, serve } from "./server.ts";

const BODY = { amount: 1000 };
const silence: Handler = () => {};

async function timed(work: PromiseLike<unknown>): Promise<number> {
  const start = performance.now();
  await Promise.allSettled([work]);
  return performance.now() - start;
}

describe("timeout", () => {
  it("covers the whole answer, its body included", async () => {
    const { url } = await serve((_, response) => response.writeHead(200).write('{"id":'));
    const error = await failure(client(url).payoutLinks.create(BODY, { timeout: 1_000, maxRetries: 0 }));
    expect(error).toBeInstanceOf(TimeoutError);
    expect(error).toMatchObject({ outcome: "unknown", status: 200, attempts: 1 });
    expect(error.message).toContain("there was no answer in 1000 ms");
  });

  it("is for each attempt anew", async () => {
    const { url, seen } = await serve(silence, silence, json(200, LINK));
    const { attempts } = await client(url, { timeout: 500 }).payoutLinks.create(BODY).withResponse();
    expect([attempts, seen.length]).toEqual([3, 3]);
  });

  it("holds even against a fetch that does not listen", async () => {
    const dots = client("http://127.0.0.1:9", {
      fetch: () => new Promise(() => {}),
      timeout: 30,
      maxRetries: 1,
    });
    expect(await failure(dots.payoutLinks.create(BODY))).toMatchObject({ name: "TimeoutError", attempts: 2 });
  });

  it("counts what was never sent as not sent", async () => {
    const sent: string[] = [];
    const dots = client("http://127.0.0.1:9", {
      apiKey: () => new Promise((resolve) => setTimeout(resolve, 60, "late")),
      fetch: async (url) => {
        sent.push(url);
        return Response.json(LINK);
      },
      timeout: 20,
      maxRetries: 0,
    });
    expect(await failure(dots.payoutLinks.create(BODY))).toMatchObject({
      name: "TimeoutError",
      outcome: "not_sent",
    });
    await new Promise((resolve) => setTimeout(resolve, 100));
    expect(sent).toEqual([]);
  });
});

describe("deadline", () => {
  it("covers all attempts", async () => {
    const { url } = await serve(silence);
    const call = client(url, { timeout: 60 }).payoutLinks.create(BODY, { deadline: 150, maxRetries: 100 });
    expect(await timed(call)).toBeLessThan(3_000);
    const error = await failure(call);
    expect(error).toMatchObject({ name: "DeadlineError", outcome: "unknown" });
    expect(error.message).toContain("the deadline leaves no more time");
  });

  it("keeps a call from being made at all when there is none", async () => {
    const { url, seen } = await serve(json(200, LINK));
    const error = await failure(client(url).payoutLinks.create(BODY, { deadline: 0 }));
    expect(error).toMatchObject({ name: "DeadlineError", outcome: "not_sent", attempts: 0 });
    expect(error.message).toContain("the deadline leaves no more time. Nothing was sent");
    expect(seen).toEqual([]);
  });

  it("does not wait in vain for an attempt that it leaves no time for", async () => {
    const { url, seen } = await serve(json(429, {}, { "retry-after": "30" }));
    const call = client(url).payoutLinks.create(BODY, { deadline: 5_000 });
    expect(await timed(call)).toBeLessThan(4_000);
    const error = await failure(call);
    expect(error).toBeInstanceOf(DeadlineError);
    expect(error).toMatchObject({ outcome: "rejected", status: 429, attempts: 1 });
    expect(error.cause).toMatchObject({ name: "RateLimitError", retryAfter: 30_000 });
    expect(seen).toHaveLength(1);
  });
});

describe("signal", () => {
  it("ends a call that waits for its answer, at once", async () => {
    const controller = new AbortController();
    const { url } = await serve(() => controller.abort());
    const call = client(url).payoutLinks.create(BODY, { signal: controller.signal });
    const error = await failure(call);
    expect(error).toBeInstanceOf(AbortError);
    expect(error).toMatchObject({ outcome: "unknown", attempts: 1 });
  });

  it("ends a call that waits before a retry, within 50 ms", async () => {
    const { url, seen } = await serve(json(429, {}, { "retry-after": "30" }));
    const controller = new AbortController();
    let aborted = 0;
    const dots = client(url, {
      onRetry: () => {
        setTimeout(() => {
          aborted = performance.now();
          controller.abort();
        }, 20);
      },
    });
    const error = await failure(dots.payoutLinks.create(BODY, { signal: controller.signal }));
    expect(performance.now() - aborted).toBeLessThan(50);
    expect(error).toMatchObject({ name: "AbortError", outcome: "rejected", attempts: 1 });
    expect(seen).toHaveLength(1);
  });

  it("keeps a call from being made at all when it has aborted before", async () => {
    const { url, seen } = await serve(json(200, LINK));
    const error = await failure(client(url).payoutLinks.create(BODY, { signal: AbortSignal.abort() }));
    expect(error).toMatchObject({ name: "AbortError", outcome: "not_sent", attempts: 0 });
    expect(error.message).toContain("the call was aborted");
    expect(seen).toEqual([]);
  });

  it("ends a call that aborts itself while it logs in", async () => {
    const { url, seen } = await serve(json(200, LINK));
    const controller = new AbortController();
    const dots = client(url, {
      apiKey: () => {
        controller.abort();
        return "key";
      },
    });
    const error = await failure(dots.payoutLinks.create(BODY, { signal: controller.signal }));
    expect(error).toMatchObject({ name: "AbortError", outcome: "not_sent", attempts: 1 });
    expect(seen).toEqual([]);
  });

  it("is left without a listener by every way that a call can end", async () => {
    const { url } = await serve(json(200, LINK), json(400, {}), json(503, {}), json(200, LINK), silence);
    const { signal } = new AbortController();
    const dots = client(url, { timeout: 50, maxRetries: 1 });
    await dots.payoutLinks.create(BODY, { signal });
    await failure(dots.payoutLinks.create(BODY, { signal }));
    await dots.payoutLinks.create(BODY, { signal });
    await failure(dots.payoutLinks.create(BODY, { signal }));
    const deaf = client(url, { fetch: () => new Promise(() => {}), timeout: 20, maxRetries: 0 });
    await failure(deaf.payoutLinks.create(BODY, { signal }));
    expect(getEventListeners(signal, "abort")).toEqual([]);
  });
});

describe("the timers of a call", () => {
  const timers = () => process.getActiveResourcesInfo().filter((name) => name === "Timeout").length;

  it("are gone when it ends, so that a program can end too", async () => {
    const { url } = await serve(json(200, LINK), json(429, {}, { "retry-after": "30" }));
    const before = timers();
    await client(url).payoutLinks.create(BODY);
    expect(timers()).toBe(before);
    const controller = new AbortController();
    const onRetry = () => setTimeout(() => controller.abort(), 20);
    const dots = client(url, { onRetry: () => void onRetry() });
    await failure(dots.payoutLinks.create(BODY, { signal: controller.signal }));
    expect(timers()).toBe(before);
  });
});

describe("a limit that cannot be kept", () => {
  it.each<[string, unknown]>([
    ["timeout", -1],
    ["timeout", Number.NaN],
    ["timeout", Number.POSITIVE_INFINITY],
    ["deadline", 2 ** 31],
    ["maxRetries", -1],
    ["maxRetries", "2"],
  ])("is refused before anything is sent: %s = %j", async (name, value) => {
    const { url, seen } = await serve(json(200, LINK));
    const error = await failure(client(url).payoutLinks.create(BODY, { [name]: value }));
    expect(error).toBeInstanceOf(InvalidRequestError);
    expect(error.message).toContain(`${name} has to be a number`);
    expect(seen).toEqual([]);
    expect(() => client(url, { [name]: value })).toThrow(`${name} has to be a number`);
  });
});

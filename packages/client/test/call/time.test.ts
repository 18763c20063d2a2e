import { getEventListeners } from "node:events";
import { afterEach, describe, expect, it, vi } from "vitest";
import {
  AbortError,
  DeadlineError,
  InvalidRequestError,
  type RetryEvent,
  TimeoutError,
} from "../../src/index.ts";
import { client, failure, LINK } from "../client.ts";
import { type Handler, json, serve } from "../server.ts";

const BODY = { amount: 1000 };
const silence: Handler = () => {};

/** Everything that is ready has run when this resolves. */
const nextTurn = (): Promise<void> => new Promise((resolve) => setImmediate(resolve));

describe("timeout", () => {
  it("covers the whole answer, its body included", async () => {
    const stuck = (): ReadableStream =>
      new ReadableStream({ start: (body) => body.enqueue(new Uint8Array(1)) });
    const fetch = async (): Promise<Response> => new Response(stuck());
    const dots = client("http://127.0.0.1:9", { fetch, timeout: 20, maxRetries: 0 });
    const error = await failure(dots.payoutLinks.create(BODY));
    expect(error).toBeInstanceOf(TimeoutError);
    expect(error).toMatchObject({ outcome: "unknown", status: 200, attempts: 1 });
    expect(error.message).toContain("there was no answer in 20 ms");
  });

  it("is written again for each attempt", async () => {
    let sent = 0;
    const fetch = (): Promise<Response> =>
      ++sent < 3 ? new Promise(() => {}) : Promise.resolve(Response.json(LINK));
    const dots = client("http://127.0.0.1:9", { fetch, timeout: 50 });
    const { attempts } = await dots.payoutLinks.create(BODY).withResponse();
    expect([attempts, sent]).toEqual([3, 3]);
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
    const error = await failure(call);
    expect(error).toMatchObject({ name: "DeadlineError", outcome: "unknown" });
    expect(error.attempts).toBeLessThan(4);
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
    const waits: RetryEvent[] = [];
    const dots = client(url, { onRetry: (event) => void waits.push(event) });
    const error = await failure(dots.payoutLinks.create(BODY, { deadline: 20_000 }));
    expect(waits).toEqual([]);
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

  it("ends a call that waits before a retry, at once", async () => {
    const { url, seen } = await serve(json(429, {}, { "retry-after": "30" }));
    const controller = new AbortController();
    let onRetry = (): void => {};
    const waiting = new Promise<void>((resolve) => {
      onRetry = resolve;
    });
    const dots = client(url, { onRetry: () => onRetry() });
    const call = failure(dots.payoutLinks.create(BODY, { signal: controller.signal }));
    await waiting;
    // The wait begins when the hook has ended.
    await nextTurn();
    controller.abort();
    const first = await Promise.race([call, nextTurn().then(() => "still waiting")]);
    expect(first).toMatchObject({ name: "AbortError", outcome: "rejected", attempts: 1 });
    expect(seen).toHaveLength(1);
  });

  it("keeps a call from being made at all when it has aborted before", async () => {
    const { url, seen } = await serve(json(200, LINK));
    const error = await failure(client(url).payoutLinks.create(BODY, { signal: AbortSignal.abort() }));
    expect(error).toMatchObject({ name: "AbortError", outcome: "not_sent", attempts: 0 });
    expect(error.message).toContain("the call was aborted");
    expect(seen).toEqual([]);
  });

  it.each([
    ["of the caller", new Error("shutting down"), "the call was aborted: shutting down. "],
    ["in words", "shutting down", "the call was aborted: shutting down. "],
    ["of the runtime", undefined, "the call was aborted: This operation was aborted. "],
  ])("passes its reason on: %s", async (_, reason, message) => {
    const { url } = await serve(json(429, {}, { "retry-after": "30" }), silence);
    const early = await failure(client(url).payoutLinks.create(BODY, { signal: AbortSignal.abort(reason) }));
    const inWait = new AbortController();
    const waiting = client(url, { onRetry: () => inWait.abort(reason) });
    const late = await failure(waiting.payoutLinks.create(BODY, { signal: inWait.signal }));
    const inAttempt = new AbortController();
    const sending = client(url, { onRequest: () => void setTimeout(() => inAttempt.abort(reason), 20) });
    const middle = await failure(sending.payoutLinks.create(BODY, { signal: inAttempt.signal }));
    for (const error of [early, late, middle]) {
      expect(error).toBeInstanceOf(AbortError);
      expect(error.message).toContain(message);
      if (reason !== undefined) expect(error.cause).toBe(reason);
    }
    expect([early.outcome, late.outcome, middle.outcome]).toEqual(["not_sent", "rejected", "unknown"]);
    expect(late.status).toBe(429);
  });

  it("is refused where it is none, before a timer is set", async () => {
    const { url, seen } = await serve(json(200, LINK));
    const set = vi.spyOn(globalThis, "setTimeout");
    for (const signal of [new AbortController(), { aborted: false }, new EventTarget()]) {
      // @ts-expect-error the controller in place of its signal, and what only looks like one
      const error = await failure(client(url).payoutLinks.create(BODY, { signal }));
      expect(error).toMatchObject({ name: "InvalidRequestError", outcome: "not_sent" });
      expect(error.message).toContain("signal is not an AbortSignal");
    }
    expect(set).not.toHaveBeenCalled();
    vi.restoreAllMocks();
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
    const dots = client(url, { maxRetries: 1 });
    await dots.payoutLinks.create(BODY, { signal });
    await failure(dots.payoutLinks.create(BODY, { signal }));
    await dots.payoutLinks.create(BODY, { signal });
    await failure(dots.payoutLinks.create(BODY, { signal, timeout: 50 }));
    const deaf = client(url, { fetch: () => new Promise(() => {}), timeout: 20, maxRetries: 0 });
    await failure(deaf.payoutLinks.create(BODY, { signal }));
    expect(getEventListeners(signal, "abort")).toEqual([]);
  });
});

describe("the timers of a call", () => {
  afterEach(() => vi.restoreAllMocks());

  it("are gone when it ends, so that a program can end too", async () => {
    const set = vi.spyOn(globalThis, "setTimeout");
    const clear = vi.spyOn(globalThis, "clearTimeout");
    // Those of the client are long: the runtime's own fetch has shorter ones, for all its connections.
    const timers = (): unknown[] =>
      set.mock.results.flatMap(({ value }, call) =>
        Number(set.mock.calls[call]?.[1]) >= 30_000 ? [value] : [],
      );
    const left = (): unknown[] => {
      const cleared = clear.mock.calls.map(([timer]) => timer);
      return timers().filter((timer) => !cleared.includes(timer as NodeJS.Timeout));
    };
    const dots = client("http://127.0.0.1:9", { fetch: async () => Response.json(LINK) });
    await dots.payoutLinks.create(BODY);
    expect(timers()).toHaveLength(1);
    expect(left()).toEqual([]);

    const controller = new AbortController();
    const busy = client("http://127.0.0.1:9", {
      fetch: async () => Response.json({}, { status: 429, headers: { "retry-after": "30" } }),
      onRetry: () => void setImmediate(() => controller.abort()),
    });
    const error = await failure(busy.payoutLinks.create(BODY, { signal: controller.signal }));
    expect(error).toMatchObject({ name: "AbortError", attempts: 1 });
    // One for the attempt and one for the wait.
    expect(timers()).toHaveLength(3);
    expect(left()).toEqual([]);
  });
});

describe("a limit that cannot be kept", () => {
  it.each<[string, unknown]>([
    ["timeout", 0],
    ["timeout", 600_001],
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

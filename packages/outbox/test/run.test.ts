import { Dots } from "@dots-payouts/client";
import { describe, expect, it } from "vitest";
import { Bench } from "./api/bench.ts";
import type { Behavior } from "./api/fake-api.ts";
import { person, request } from "./api/rows.ts";

const HOUR = 3_600_000;

/** What the API does with each request in turn; the last entry applies to all further ones. */
function one(...behaviors: Behavior[]) {
  return ({ n }: { readonly n: number }): Behavior =>
    behaviors[Math.min(n, behaviors.length - 1)] ?? "answer";
}

describe.concurrent("a run", () => {
  it("sends each row once", async () => {
    await using bench = await Bench.start();
    const outbox = await bench.open();
    await outbox.addAll([1, 2, 3, 4, 5].map((n) => person(n)));
    const summary = await outbox.run();
    expect(summary).toMatchObject({ stopped: undefined, requests: 5, alarms: 0 });
    expect(summary.counts.accepted).toEqual({ rows: 5, amount: 5_000 });
    expect(bench.api.made).toHaveLength(5);
    const third = await outbox.find("invoice-3");
    expect(third).toMatchObject({ state: "accepted", object: bench.api.madeFor("invoice-3")[0]?.id });
  });

  it("does not send a row again that was added twice", async () => {
    await using bench = await Bench.start();
    const outbox = await bench.open();
    await outbox.add(person(1));
    await outbox.run();
    expect(await outbox.add(person(1))).toMatchObject({ outcome: "known", state: "accepted" });
    await outbox.run();
    expect(bench.api.received).toHaveLength(1);
  });

  it("adds the ID to what is sent, in addition to existing metadata", async () => {
    await using bench = await Bench.start();
    const outbox = await bench.open();
    const { body } = person(1);
    await outbox.add({ id: "a", call: "payouts.send", body: { ...body, metadata: { order: "7" } } });
    await outbox.run();
    expect(bench.api.made[0]?.metadata).toEqual({
      order: "7",
      outbox_id: "a",
      outbox_digest: expect.stringMatching(/^[0-9a-f]{32}$/),
    });
  });

  it("does not change a text in the place for the ID", async () => {
    await using bench = await Bench.start();
    const outbox = await bench.open();
    const { body } = person(1);
    await outbox.add({ id: "a", call: "payouts.send", body: { ...body, metadata: "order 7" } });
    await outbox.run();
    expect(bench.api.made[0]?.metadata).toBe("order 7");
    expect(await outbox.find("a")).toMatchObject({ findable: false, state: "accepted" });
  });

  it.each([
    ["the answer was lost", "lose"],
    ["the request was lost", "drop"],
    ["the API failed", "fail"],
    ["the API failed before it did something", "fail-void"],
    ["the answer is empty", "empty"],
    ["an earlier request is still worked on", "busy"],
  ] as const)("sends the same bytes again if %s", async (_, behavior) => {
    await using bench = await Bench.start({ behave: one(behavior, "answer") });
    const outbox = await bench.open();
    await outbox.add(person(1));
    const summary = await outbox.run();
    expect(summary.counts.accepted.rows).toBe(1);
    const [first, second] = bench.api.received;
    expect(second?.text).toBe(first?.text);
    expect(bench.api.made).toHaveLength(1);
  });

  it("does not send a request without a key again, but finds its result", async () => {
    await using bench = await Bench.start({ behave: one("lose") });
    const outbox = await bench.open();
    await outbox.add(request(1));
    const summary = await outbox.run();
    expect(bench.api.received).toHaveLength(1);
    expect(summary.counts.accepted.rows).toBe(1);
  });

  it("leaves to a person what can't be found", async () => {
    await using bench = await Bench.start({ behave: one("drop") });
    const outbox = await bench.open();
    await outbox.add(request(1));
    const summary = await outbox.run();
    expect(summary.counts.unresolved.rows).toBe(1);
    expect(summary.stopped).toBeUndefined();
  });

  it("does not start with a client whose fetch may retry by itself", async () => {
    await using bench = await Bench.start();
    const options = { baseUrl: bench.api.url, clientId: "client", apiKey: "key" };
    const repeating: typeof fetch = async (url, init) => {
      await fetch(url, init);
      return fetch(url, init);
    };
    const dots = new Dots({ ...options, fetch: repeating });
    await expect(bench.open({ dots })).rejects.toThrow("may send a request more than once");
    const known = await bench.open({ dots: new Dots({ ...options, fetch, fetchSendsOnce: true }) });
    expect((await known.run()).counts.pending.rows).toBe(0);
  });

  it("continues after a row was refused", async () => {
    await using bench = await Bench.start({
      behave: ({ reference }) => (reference === "invoice-2" ? "refuse" : "answer"),
    });
    const outbox = await bench.open();
    await outbox.addAll([1, 2, 3].map((n) => person(n)));
    const { counts } = await outbox.run();
    expect([counts.accepted.rows, counts.refused.rows]).toEqual([2, 1]);
    expect(await outbox.find("invoice-2")).toMatchObject({ reason: expect.stringContaining("422: no") });
  });

  it("slows down as a whole if the API asks for it", async () => {
    await using bench = await Bench.start({ behave: one("limit", "answer") });
    const outbox = await bench.open();
    await outbox.addAll([1, 2, 3, 4].map((n) => person(n)));
    const { counts } = await outbox.run({ concurrency: 1 });
    expect(counts.accepted.rows).toBe(4);
    const [first, second] = bench.api.received;
    expect((second?.at ?? 0) - (first?.at ?? 0)).toBeGreaterThanOrEqual(990);
  });

  it("keeps to a long wait that the API asked for, in the next run too", async () => {
    await using bench = await Bench.start({ behave: one("limit", "answer"), retryAfter: 3_600 });
    const outbox = await bench.open();
    await outbox.addAll([1, 2].map((n) => person(n)));
    for (let turn = 0; turn < 2; turn += 1) {
      const { stopped } = await outbox.run({ concurrency: 1 });
      expect(stopped).toEqual({
        by: "waiting",
        message: expect.stringMatching(/The next request can be sent in 60 minutes\. Run resume then$/),
      });
    }
    expect(bench.api.received).toHaveLength(1);
    bench.clock.ahead += HOUR;
    expect((await outbox.run()).counts.accepted.rows).toBe(2);
  });

  it("does not wait for years", async () => {
    await using bench = await Bench.start({ behave: () => "limit", retryAfter: 1_000_000_000 });
    const outbox = await bench.open();
    await outbox.add(person(1));
    const { stopped } = await outbox.run();
    expect(stopped?.message).toContain("The next request can be sent in 60 minutes. Run resume then");
  });

  it("never exceeds its rate", async () => {
    await using bench = await Bench.start();
    const outbox = await bench.open();
    await outbox.addAll(Array.from({ length: 8 }, (_, n) => person(n)));
    const began = bench.clock.wall();
    await outbox.run({ perSecond: 10, concurrency: 8 });
    // The first is sent at once; each of the others waits for its tenth of a second.
    expect((bench.api.received.at(-1)?.at ?? 0) - began).toBeGreaterThanOrEqual(690);
  });

  it("ends if its rate keeps it waiting for minutes", async () => {
    await using bench = await Bench.start();
    const outbox = await bench.open();
    await outbox.addAll([person(1), person(2)]);
    const { stopped } = await outbox.run({ perSecond: 1 / 600 });
    expect(stopped?.message).toContain("The next request can be sent in 10 minutes");
    expect(bench.api.received).toHaveLength(1);
  });

  it("stops for an account without funds, and resumes with a new key once that is safe", async () => {
    await using bench = await Bench.start({ behave: one("answer", "broke", "answer") });
    const outbox = await bench.open();
    await outbox.addAll([1, 2, 3].map((n) => person(n)));
    const first = await outbox.run({ concurrency: 1 });
    expect(first.stopped).toMatchObject({ by: "funds" });
    expect(bench.api.received).toHaveLength(2);
    const key = (await outbox.find("invoice-2"))?.key;

    const second = await outbox.run({ concurrency: 1 });
    expect(second.stopped).toMatchObject({ by: "waiting" });
    expect(second.counts).toMatchObject({ accepted: { rows: 2 }, refused: { rows: 1 } });

    bench.clock.ahead += 3_600_000;
    const third = await outbox.run({ concurrency: 1 });
    expect(third.stopped).toBeUndefined();
    expect(third.counts.accepted.rows).toBe(3);
    expect((await outbox.find("invoice-2"))?.key).not.toBe(key);
  });

  it("stops if the credentials are refused, and loses nothing", async () => {
    await using bench = await Bench.start({ behave: one("unauthorized", "answer") });
    const outbox = await bench.open();
    await outbox.addAll([1, 2].map((n) => person(n)));
    const { stopped, counts } = await outbox.run({ concurrency: 1 });
    expect(stopped).toMatchObject({ by: "credentials" });
    expect(counts.pending.rows).toBe(2);
    expect((await outbox.run()).counts.accepted.rows).toBe(2);
  });

  it("stops on request, after the requests in progress were answered", async () => {
    const stop = new AbortController();
    await using bench = await Bench.start({
      behave: ({ n }) => {
        if (n === 2) stop.abort();
        return "answer";
      },
    });
    const outbox = await bench.open();
    await outbox.addAll([1, 2, 3, 4, 5, 6].map((n) => person(n)));
    const { stopped, counts } = await outbox.run({ concurrency: 1, signal: stop.signal });
    expect(stopped).toMatchObject({ by: "signal" });
    expect(counts).toMatchObject({ accepted: { rows: 3 }, pending: { rows: 3 }, sending: { rows: 0 } });
  });

  it("stops on request while it reads the list", async () => {
    const stop = new AbortController();
    await using bench = await Bench.start({
      stalls: () => {
        stop.abort();
        return true;
      },
    });
    const outbox = await bench.open();
    await outbox.add(person(1));
    const { stopped, counts } = await outbox.run({ signal: stop.signal });
    expect(stopped).toMatchObject({ by: "signal" });
    expect(counts.pending.rows).toBe(1);
    expect(bench.api.received).toHaveLength(0);
  });

  it("stops before a row that exceeds the limit for one row", async () => {
    await using bench = await Bench.start();
    const outbox = await bench.open();
    await outbox.addAll([person(1, 100), person(2, 900)]);
    const { stopped } = await outbox.run({ maxAmount: 500 });
    expect(stopped).toEqual({
      by: "max-amount",
      message: "invoice-2 would exceed the limit of one row, which is 500",
    });
    expect(bench.api.received).toHaveLength(1);
  });

  it.each([
    ["maxTotal", Number.NaN],
    ["maxAmount", 0.5],
    ["concurrency", 0],
    ["perSecond", Number.NaN],
    ["perSecond", 0],
  ])("does not start with %s: %d", async (name, value) => {
    await using bench = await Bench.start();
    const outbox = await bench.open();
    await outbox.add(person(1));
    await expect(outbox.run({ [name]: value })).rejects.toThrow(`${name} must be`);
    expect(bench.api.received).toHaveLength(0);
  });

  it.each([
    ["shows", false],
    ["hides", true],
  ])("reports a row that another store has sent, which the list %s", async (_, isHidden) => {
    await using bench = await Bench.start({ hides: () => isHidden });
    const first = await bench.open();
    await first.add(person(1));
    await first.run();
    bench.clock.ahead += HOUR;
    const second = await bench.open({ store: `${bench.store}-second` });
    await second.add(person(1));
    expect((await second.run()).alarms).toBe(1);
    expect((await second.alarms())[0]?.alarm).toContain("before this store sent anything");
    expect(bench.api.made).toHaveLength(1);
  });

  it("reports its progress", async () => {
    await using bench = await Bench.start();
    const outbox = await bench.open();
    await outbox.addAll([1, 2, 3].map((n) => person(n)));
    const seen: number[] = [];
    await outbox.run({ onProgress: ({ counts }) => seen.push(counts.accepted.rows) });
    expect(seen.at(-1)).toBe(3);
  });
});

// It changes what the others send by.
describe("a run in a changed process", () => {
  it("does not trust a refusal once the global fetch was replaced", async () => {
    await using bench = await Bench.start({ behave: () => "refuse" });
    const outbox = await bench.open();
    await outbox.add(request(1));
    const real = globalThis.fetch;
    globalThis.fetch = (...args) => real(...args);
    try {
      await outbox.run();
    } finally {
      globalThis.fetch = real;
    }
    const row = await outbox.find("invoice-1");
    expect(row?.state).toMatch(/sending|unresolved/);
    expect(bench.api.received).toHaveLength(1);
  });
});

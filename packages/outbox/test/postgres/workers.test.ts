import { setTimeout as sleep } from "node:timers/promises";
import { fileURLToPath } from "node:url";
import { Dots } from "@dots-payouts/client";
import pg from "pg";
import { afterAll, beforeAll, describe, expect, it, vi } from "vitest";
import type { Outbox, WorkOptions } from "../../src/index.ts";
import { Sql } from "../../src/store/postgres/connection/sql.ts";
import { MIGRATIONS, type Migration, migrate } from "../../src/store/postgres/tables/migrate.ts";
import { Bench } from "../api/bench.ts";
import { person, request } from "../api/rows.ts";
import { fleetRun } from "../kill/fleet-run.ts";
import { ownServer, sharedServer } from "./servers.ts";
import { Wire } from "./wire.ts";

const server = sharedServer();
const entry = fileURLToPath(new URL("../../dist/index.mjs", import.meta.url));

async function connected(store: string) {
  const client = new pg.Client(store);
  await client.connect();
  return Object.assign(client, { [Symbol.asyncDispose]: () => client.end() });
}

/** Makes one more step than this program knows. */
async function withLater(client: pg.Client, later: Migration): Promise<void> {
  await client.query("BEGIN");
  await migrate(new Sql(client), [...MIGRATIONS, later]);
  await client.query("COMMIT");
}

/** A worker that a test stops. */
function startWorker(outbox: Outbox, options: WorkOptions = {}) {
  const stop = new AbortController();
  const waiting: (string | undefined)[] = [];
  const working = outbox.work({
    signal: stop.signal,
    onWaiting: (reason) => void waiting.push(reason),
    beat: 100,
    ...options,
  });
  // Those who wait for its end see its failure.
  working.catch(() => undefined);
  return {
    waiting,
    ended: working,
    async stop() {
      stop.abort();
      return await working;
    },
  };
}

describe.concurrent("a worker", () => {
  it("sends existing and new rows until it is stopped", async () => {
    await using bench = await Bench.start();
    const store = await server.create();
    const outbox = await bench.open({ store });
    await outbox.add(person(1));
    const worker = startWorker(await bench.open({ store }));
    await vi.waitUntil(() => bench.api.made.length === 1, { timeout: 10_000 });
    await outbox.add(person(2));
    await vi.waitUntil(() => bench.api.made.length === 2, { timeout: 10_000 });
    await vi.waitUntil(async () => (await outbox.workers()).some(({ requests }) => requests === 2), {
      timeout: 10_000,
    });
    expect(await worker.stop()).toEqual({
      requests: 2,
      stopped: { by: "signal", message: "The run was stopped" },
    });
    expect(await outbox.workers()).toEqual([]);
  });

  it("finishes what is in progress when it is stopped", async () => {
    await using bench = await Bench.start({ behave: () => "hold" });
    const store = await server.create();
    const outbox = await bench.open({ store });
    await outbox.addAll([person(1), person(2)]);
    bench.api.options = { ...bench.api.options, behave: () => "late", delay: 300 };
    const worker = startWorker(await bench.open({ store, times: { timeout: 1_000, quiet: 1_000 } }), {
      concurrency: 1,
    });
    await vi.waitUntil(() => bench.api.received.length === 1, { timeout: 10_000 });
    const { requests } = await worker.stop();
    expect(requests).toBe(1);
    const counts = await outbox.counts();
    // Its answer never arrived. The other row was no longer sent.
    expect([counts.sending.rows, counts.pending.rows]).toEqual([1, 1]);
  });

  it("does not poll the database while the API is down", async () => {
    await using bench = await Bench.start({ behave: () => "fail-void" });
    const store = await server.create();
    const outbox = await bench.open({ store });
    await outbox.addAll(Array.from({ length: 20 }, (_, n) => request(n)));
    const wire = await Wire.to(server.port);
    const url = new URL(store);
    url.port = String(wire.port);
    const worker = startWorker(await bench.open({ store: url.href }), { concurrency: 5 });
    await vi.waitUntil(() => worker.waiting.length > 0, { timeout: 10_000 });
    let asked = 0;
    wire.onRequest = (bytes) => {
      asked += 1;
      return bytes.length > 0;
    };
    await sleep(1_000);
    await worker.stop();
    await wire.close();
    expect(worker.waiting[0]).toContain("no usable answers");
    expect(asked).toBeLessThan(150);
  });

  it("refuses to work on a file", async () => {
    await using bench = await Bench.start();
    const outbox = await bench.open();
    await expect(outbox.work()).rejects.toThrow("Workers need a store in PostgreSQL");
  });

  it("stops all workers if the account lacks money, until somebody resumes", async () => {
    let isBroke = true;
    await using bench = await Bench.start({ behave: () => (isBroke ? "broke" : "answer") });
    const store = await server.create();
    const outbox = await bench.open({ store });
    await outbox.addAll([person(1), person(2), person(3)]);
    const first = startWorker(await bench.open({ store }), { concurrency: 1 });
    await vi.waitUntil(() => first.waiting.length > 0, { timeout: 10_000 });
    const second = startWorker(await bench.open({ store }), { concurrency: 1 });
    await vi.waitUntil(() => second.waiting.length > 0, { timeout: 10_000 });
    expect(second.waiting[0]).toContain("The account lacks funds");
    expect(bench.api.received).toHaveLength(1);
    expect((await outbox.status()).paused).toContain("The account lacks funds");
    isBroke = false;
    await outbox.run();
    await vi.waitUntil(() => bench.api.made.length === 2, { timeout: 10_000 });
    await Promise.all([first.stop(), second.stop()]);
  });

  it("shows how long the API asks to wait, and no longer why an earlier run ended", async () => {
    await using bench = await Bench.start({ behave: () => "limit", retryAfter: 600 });
    const store = await server.create();
    const outbox = await bench.open({ store });
    await outbox.add(person(1));
    await outbox.run();
    expect((await outbox.status()).paused).toContain("The API asks everyone to wait until");
    const worker = startWorker(await bench.open({ store }));
    await vi.waitUntil(() => worker.waiting.length > 0, { timeout: 10_000 });
    expect(worker.waiting[0]).toMatch(/^The API asks everyone to wait until 20/);
    expect(await outbox.status()).toMatchObject({
      paused: undefined,
      waits: expect.stringContaining("The API asks everyone to wait until"),
    });
    await worker.stop();
  });
});

describe.concurrent("limits in PostgreSQL", () => {
  it("apply to every sender of a store, no matter who set them", async () => {
    await using bench = await Bench.start();
    const store = await server.create();
    const outbox = await bench.open({ store });
    await outbox.addAll(Array.from({ length: 6 }, (_, n) => person(n)));
    const worker = startWorker(await bench.open({ store }), { perSecond: 50, maxTotal: 2_500, who: "ann" });
    await vi.waitUntil(() => worker.waiting.length > 0, { timeout: 10_000 });
    const over = "would exceed the limit of all rows together, which is 2500";
    expect(worker.waiting[0]).toContain(over);
    // Another sender without limits can't get around them.
    await outbox.add(person(6));
    expect((await outbox.run()).stopped?.message).toContain(over);
    expect(bench.api.received).toHaveLength(2);
    expect((await outbox.status()).limits).toEqual({ perSecond: 50, maxTotal: 2_500, maxAmount: undefined });
    // The newest value applies to running senders too.
    await outbox.run({ maxTotal: 3_500, who: "bob" });
    expect(bench.api.received).toHaveLength(3);
    await outbox.run({ maxTotal: null, perSecond: null, who: "bob" });
    await worker.stop();
    expect(bench.api.received).toHaveLength(7);
    const log = (await outbox.log()).filter(({ event }) => event !== "client");
    expect(log.map(({ event, detail, who }) => [event, detail, who])).toEqual([
      ["per-second", "50", "ann"],
      ["max-total", "2500", "ann"],
      ["max-total", "3500", "bob"],
      ["per-second", "none", "bob"],
      ["max-total", "none", "bob"],
    ]);
  });

  it("reach a running worker", async () => {
    await using bench = await Bench.start();
    const store = await server.create();
    const outbox = await bench.open({ store });
    const worker = startWorker(await bench.open({ store }), { maxAmount: 500 });
    await outbox.add(person(1));
    await vi.waitUntil(() => worker.waiting.some((reason) => reason?.includes("of one row")), {
      timeout: 10_000,
    });
    // Somebody else raises it, without sending anything.
    const stopped = AbortSignal.abort();
    await outbox.run({ maxAmount: 1_000, signal: stopped });
    await vi.waitUntil(() => bench.api.made.length === 1, { timeout: 10_000 });
    expect((await worker.stop()).requests).toBe(1);
  });
});

describe.concurrent("the client that sends from a store in PostgreSQL", () => {
  const as = (bench: Bench, clientId: string, apiKey = "key") => ({
    dots: new Dots({ baseUrl: bench.api.url, clientId, apiKey }),
  });

  it("is the one that sent first, unless another one is explicitly allowed", async () => {
    await using bench = await Bench.start();
    const store = await server.create();
    const outbox = await bench.open({ store });
    const worker = startWorker(await bench.open({ store }));
    await outbox.add(person(1));
    await vi.waitUntil(() => bench.api.made.length === 1, { timeout: 10_000 });
    const stranger = await bench.open({ store, ...as(bench, "somebody else") });
    await expect(stranger.work()).rejects.toThrow(/This store sends as .* --new-client/);
    await expect(stranger.run({ maxTotal: 1 })).rejects.toThrow("This store sends as");
    // Its limits were not stored either.
    expect((await outbox.status()).limits.maxTotal).toBeUndefined();
    // Another API key is not another client.
    const rotated = await bench.open({ store, ...as(bench, "client", "another key") });
    await rotated.add(person(2));
    expect((await rotated.run()).counts.accepted.rows).toBe(2);
    // The previous senders stop as soon as another client is allowed.
    await stranger.run({ newClient: true, who: "ann" });
    expect((await worker.ended).stopped).toMatchObject({
      by: "credentials",
      message: expect.stringContaining("This store sends as"),
    });
    await stranger.add(person(3));
    await expect(outbox.run()).rejects.toThrow("This store sends as");
    await stranger.run();
    expect(bench.api.received.map(({ client }) => client)).toEqual(["client", "client", "somebody else"]);
    const [first, second] = (await outbox.log()).filter(({ event }) => event === "client");
    expect(second).toMatchObject({
      who: "ann",
      detail: expect.stringContaining(`before it ${first?.detail}`),
    });
  });

  it("is one of two that start at once", async () => {
    await using bench = await Bench.start();
    const store = await server.create();
    const [one, other] = [
      await bench.open({ store }),
      await bench.open({ store, ...as(bench, "somebody else") }),
    ];
    const workers = [startWorker(one), startWorker(other)];
    await vi.waitUntil(async () => (await one.workers()).length === 2, { timeout: 10_000 });
    await one.addAll(Array.from({ length: 10 }, (_, n) => person(n)));
    await vi.waitUntil(() => bench.api.made.length === 10, { timeout: 10_000 });
    const ended = await Promise.race(workers.map((worker) => worker.ended));
    expect(ended).toMatchObject({ requests: 0, stopped: { by: "credentials" } });
    await Promise.all(workers.map((worker) => worker.stop()));
    expect(new Set(bench.api.received.map(({ client }) => client)).size).toBe(1);
  });
});

describe.concurrent("a later version of the tables", () => {
  it("is made from the first one, and keeps who has sent", async () => {
    await using bench = await Bench.start();
    const store = await server.create();
    const outbox = await bench.open({ store });
    await outbox.addAll([person(1), person(2)]);
    await outbox.run({ maxTotal: 1_000 });
    await outbox.close();
    await using client = await connected(store);
    // As the first version left it.
    await client.query(
      `DROP TABLE outbox_setting, outbox_log; DROP FUNCTION outbox_setting_written; UPDATE outbox_ledger SET version = 1, needs = 1`,
    );
    const dots = new Dots({ baseUrl: bench.api.url, clientId: "somebody else", apiKey: "key" });
    await expect((await bench.open({ store, dots })).run()).rejects.toThrow("This store sends as");
    const later = await bench.open({ store });
    expect((await later.run()).counts.accepted.rows).toBe(2);
    expect((await client.query("SELECT version, needs FROM outbox_ledger")).rows).toEqual([
      { version: 2, needs: 2 },
    ]);
  });

  it("that this program supports changes nothing for a worker", async () => {
    await using bench = await Bench.start();
    const store = await server.create();
    const outbox = await bench.open({ store });
    const worker = startWorker(await bench.open({ store }));
    await using client = await connected(store);
    const later: Migration = {
      needs: 1,
      script: (schema) => `ALTER TABLE ${schema}.outbox_intent ADD COLUMN of_later text`,
    };
    // Two programs of the later version start at once. One of them makes the step.
    await using other = await connected(store);
    await Promise.all([client, other].map((one) => withLater(one, later)));
    await outbox.add(person(1));
    await vi.waitUntil(() => bench.api.made.length === 1, { timeout: 10_000 });
    await worker.stop();
    expect((await bench.open({ store }).then((again) => again.counts())).accepted.rows).toBe(1);
  });

  it("that this program does not support stops it before it sends anything else", async () => {
    await using bench = await Bench.start();
    const store = await server.create();
    const outbox = await bench.open({ store });
    const worker = startWorker(await bench.open({ store }));
    await vi.waitUntil(async () => (await outbox.workers()).length === 1, { timeout: 10_000 });
    await using client = await connected(store);
    await withLater(client, { needs: MIGRATIONS.length + 1, script: () => "SELECT 1" });
    await client.query(
      `INSERT INTO outbox_intent (id, call, given, digest, body, amount, findable, added_at, changed_at)
       VALUES ('x', 'payoutRequests.create', '{}', 'd', '{}', 1, 0, 0, 0)`,
    );
    expect((await worker.ended).stopped).toMatchObject({
      by: "store",
      message: expect.stringContaining("later version"),
    });
    expect(bench.api.received).toEqual([]);
    await expect(outbox.add(person(1))).rejects.toThrow("later version");
    await expect(bench.open({ store })).rejects.toThrow("later version");
  });
});

describe("a database that fails", () => {
  const own = ownServer();

  it("keeps answers while the database is down", async () => {
    // Only the answers show what happened: no list does.
    await using bench = await Bench.start({ behave: () => "hold", hides: () => true });
    const store = await own.server.create();
    const outbox = await bench.open({ store });
    await outbox.addAll([request(1), request(2), request(3)]);
    let answer: (() => void) | undefined;
    const answered = new Promise<void>((resolve) => {
      answer = resolve;
    });
    bench.api.options = { ...bench.api.options, behave: () => "answer" };
    bench.api.before = () => answered;
    const worker = startWorker(await bench.open({ store }), { concurrency: 2 });
    await vi.waitUntil(() => bench.api.received.length === 2, { timeout: 10_000 });
    await own.server.kill();
    answer?.();
    await vi.waitUntil(() => worker.waiting.some((reason) => reason?.includes("cannot be reached")), {
      timeout: 10_000,
    });
    // Nothing is sent that can't be stored.
    expect(bench.api.received).toHaveLength(2);
    await own.server.start();
    await vi.waitUntil(async () => (await outbox.counts()).accepted.rows === 3, { timeout: 20_000 });
    await worker.stop();
    expect(bench.api.received).toHaveLength(3);
  });

  describe("is noticed after it was restored from a backup", { timeout: 60_000 }, () => {
    const stack = new AsyncDisposableStack();
    let hiding: Bench;
    let listing: Bench;
    let old: Outbox;
    let worker: ReturnType<typeof startWorker>;
    let stores: { readonly worked: string; readonly listed: string; readonly opened: string };

    beforeAll(async () => {
      hiding = stack.use(await Bench.start({ hides: () => true }));
      listing = stack.use(await Bench.start());
      const { server } = own;
      stores = {
        worked: await server.create(),
        listed: await server.create(),
        opened: await server.create(),
      };
      old = await hiding.open({ store: stores.worked });
      await old.add(request(1));
      worker = startWorker(await hiding.open({ store: stores.worked }), { concurrency: 1 });
      await vi.waitUntil(async () => (await old.counts()).accepted.rows === 1, { timeout: 10_000 });
      const first = await listing.open({ store: stores.listed });
      await first.add(request(3));
      await first.run();
      await first.add(request(4));
      await first.close();
      const unused = await hiding.open({ store: stores.opened });
      await unused.add(request(5));
      await unused.close();
      await server.kill();
      await server.backUp();
      await server.start();
      await old.add(request(2));
      await vi.waitUntil(async () => (await old.counts()).accepted.rows === 2, { timeout: 20_000 });
      await (await listing.open({ store: stores.listed })).run();
      const later = await hiding.open({ store: stores.opened });
      await later.run();
      await later.close();
      await server.kill();
      await server.restore();
      await server.start();
    });
    afterAll(() => stack.disposeAsync());

    it("by a worker that ran before, and by every new one", async () => {
      // It is not in the list, and has no key.
      await old.add(request(2));
      expect((await worker.ended).stopped).toMatchObject({
        message: expect.stringContaining("restored from a backup"),
      });
      const later = await hiding.open({ store: stores.worked });
      await expect(later.run()).rejects.toThrow("run recover");
      expect(hiding.api.madeFor("invoice-2")).toHaveLength(1);
      await later.recover({ who: "test" });
      expect((await later.counts()).unresolved.rows).toBe(1);
      await later.run();
      expect(hiding.api.madeFor("invoice-2")).toHaveLength(1);
    });

    it("by the API's list if no worker ran before", async () => {
      const later = await listing.open({ store: stores.listed });
      await expect(later.run()).rejects.toThrow("that this store has not sent");
      expect(listing.api.madeFor("invoice-4")).toHaveLength(1);
    });

    it("by its timeline after a recovery", async () => {
      await own.server.kill();
      await own.server.restore(true);
      await own.server.start();
      const later = await hiding.open({ store: stores.opened });
      await expect(later.run()).rejects.toThrow("restored from a backup or copied");
      expect(hiding.api.madeFor("invoice-5")).toHaveLength(1);
    });
  });

  // Windows has no signals, and can't pause a process.
  it.skipIf(process.platform === "win32")(
    "pays nobody twice, forgets nobody and reports nothing wrongly, whatever happens to its workers",
    { timeout: 120_000 },
    async () => {
      const seed = Number(process.env["OUTBOX_SEED"] ?? Math.trunc(Math.random() * 2 ** 31));
      const verdict = await fleetRun(own.server, { seed, people: 24, workers: 2, blows: 4, gap: 400, entry });
      const { paidTwice, forgotten, wrong, alone, crashes, requests } = verdict;
      const none = { paidTwice: [], forgotten: [], wrong: [], alone: [], crashes: [] };
      expect({ seed, paidTwice, forgotten, wrong, alone, crashes }).toEqual({ seed, ...none });
      expect(requests, `too few to say something (seed ${seed})`).toBeGreaterThan(5);
    },
  );
});

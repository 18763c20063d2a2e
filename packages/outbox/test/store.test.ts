import { existsSync, symlinkSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { DatabaseSync } from "node:sqlite";
import { Dots } from "@dots-payouts/client";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { Bench } from "./api/bench.ts";
import { person, request } from "./api/rows.ts";
import { paidAndLost, refusedStatements } from "./refused-statements.ts";

describe("the tables refuse, whatever the code does,", () => {
  let bench: Bench;
  let database: DatabaseSync;

  beforeAll(async () => {
    bench = await paidAndLost();
    database = new DatabaseSync(bench.store);
  });
  afterAll(async () => {
    database.close();
    await bench[Symbol.asyncDispose]();
  });

  it.each(refusedStatements())("%s", (_, sql, problem) => {
    expect(() => database.exec(sql)).toThrow(problem);
  });
});

describe("a store", () => {
  it("counts what may have been paid", async () => {
    await using bench = await Bench.start({
      behave: ({ reference }) => (reference === "invoice-2" ? "refuse" : "answer"),
    });
    const outbox = await bench.open();
    await outbox.addAll([person(1, 100), person(2, 20), person(3, 3)]);
    await outbox.run();
    expect(await outbox.status()).toMatchObject({ reserved: 103 });
  });

  it("adds rows inside the caller's transaction, or not at all", async () => {
    await using bench = await Bench.start();
    const outbox = await bench.open();
    const mine = new DatabaseSync(bench.store);
    mine.exec("CREATE TABLE orders (id TEXT PRIMARY KEY)");
    mine.exec("BEGIN");
    mine.exec("INSERT INTO orders VALUES ('a')");
    outbox.addWithin(mine, person(1));
    mine.exec("ROLLBACK");
    expect(await outbox.find("invoice-1")).toBeUndefined();
    mine.exec("BEGIN");
    mine.exec("INSERT INTO orders VALUES ('b')");
    expect(outbox.addWithin(mine, person(2))).toMatchObject({ outcome: "added" });
    mine.exec("COMMIT");
    mine.close();
    expect(await outbox.find("invoice-2")).toMatchObject({ state: "pending" });
    const other = new DatabaseSync(join(bench.folder, "other.db"));
    expect(() => outbox.addWithin(other, person(3))).toThrow("The connection is open on another file");
    other.close();
  });

  it.each(["a connection that says so", "any connection"])(
    "adds nothing outside of a transaction: %s",
    async (which) => {
      await using bench = await Bench.start();
      const outbox = await bench.open();
      const mine = new DatabaseSync(bench.store);
      const connection = which === "any connection" ? { prepare: (sql: string) => mine.prepare(sql) } : mine;
      expect(() => outbox.addWithin(connection, person(1))).toThrow("inside a transaction of yours");
      // It is unchanged.
      expect(mine.isTransaction).toBe(false);
      mine.exec("BEGIN");
      expect(outbox.addWithin(connection, person(2))).toMatchObject({ outcome: "added" });
      mine.exec("COMMIT");
      mine.close();
      expect(await outbox.counts()).toMatchObject({ pending: { rows: 1 } });
    },
  );

  it("keeps limits for all its senders, until somebody removes them", async () => {
    await using bench = await Bench.start();
    const outbox = await bench.open();
    await outbox.addAll([person(1), person(2), person(3)]);
    await outbox.run({ maxTotal: 1_500, perSecond: 20, who: "ann" });
    const later = await bench.open();
    expect((await later.run()).stopped).toEqual({
      by: "max-total",
      message: "invoice-2 would exceed the limit of all rows together, which is 1500",
    });
    expect(bench.api.received).toHaveLength(1);
    const began = performance.now();
    await later.addAll(Array.from({ length: 8 }, (_, n) => person(n + 4)));
    await later.run({ maxTotal: null, concurrency: 20 });
    expect(bench.api.received).toHaveLength(11);
    // The rate still applies.
    expect(performance.now() - began).toBeGreaterThan(400);
    expect((await later.status()).limits).toEqual({
      perSecond: 20,
      maxTotal: undefined,
      maxAmount: undefined,
    });
    const log = (await later.log()).map(({ event, detail, who }) => [event, detail, who]);
    expect(log).toContainEqual(["max-total", "1500", "ann"]);
    expect(log.at(-1)).toEqual(["max-total", "none", expect.stringContaining(String(process.pid))]);
  });

  it("only lets the client send that sent first, unless another one is explicitly allowed", async () => {
    await using bench = await Bench.start();
    const outbox = await bench.open();
    const as = (clientId: string, apiKey: string) => new Dots({ baseUrl: bench.api.url, clientId, apiKey });
    const stranger = await bench.open({ dots: as("somebody else", "key") });
    await outbox.add(person(1));
    await outbox.run();
    await outbox.add(person(2));
    await expect(stranger.run()).rejects.toThrow("This store sends as");
    expect(bench.api.received).toHaveLength(1);
    const rotated = await bench.open({ dots: as("client", "another key") });
    expect((await rotated.run()).counts.accepted.rows).toBe(2);
    await outbox.add(person(3));
    expect((await stranger.run({ newClient: true })).counts.accepted.rows).toBe(3);
    await expect(outbox.run()).rejects.toThrow("This store sends as");
  });

  it("of an earlier version is upgraded, and keeps who has sent", async () => {
    await using bench = await Bench.start();
    const outbox = await bench.open();
    await outbox.add(person(1));
    await outbox.run();
    await outbox.close();
    const database = new DatabaseSync(bench.store);
    database.exec("DROP TABLE outbox_setting; DROP TABLE outbox_log; UPDATE outbox_ledger SET version = 2");
    database.close();
    const stranger = new Dots({ baseUrl: bench.api.url, clientId: "somebody else", apiKey: "key" });
    await expect((await bench.open({ dots: stranger })).run()).rejects.toThrow("This store sends as");
    const later = await bench.open();
    await later.add(person(2));
    expect((await later.run({ maxTotal: 9_000 })).counts.accepted.rows).toBe(2);
  });

  it("of a later version is not touched", async () => {
    await using bench = await Bench.start();
    await (await bench.open()).close();
    const database = new DatabaseSync(bench.store);
    database.exec("UPDATE outbox_ledger SET version = 99");
    database.close();
    await expect(bench.open()).rejects.toThrow("was created by a later version of dots-outbox");
  });

  it("reports damage if its ledger has lost its row", async () => {
    await using bench = await Bench.start();
    const outbox = await bench.open();
    await outbox.add(person(1));
    const database = new DatabaseSync(bench.store);
    database.exec("DELETE FROM outbox_ledger");
    database.close();
    await expect(bench.open()).rejects.toThrow("is damaged: it has rows, but its ledger is missing");
  });

  it("is not created if a folder is missing", async () => {
    await using bench = await Bench.start();
    const store = join(bench.folder, "missing", "run.db");
    await expect(bench.open({ store })).rejects.toThrow("cannot be opened. Does its folder exist");
    expect(existsSync(store)).toBe(false);
  });

  it("has one name for its sender, whatever path leads to it", async () => {
    await using bench = await Bench.start({ behave: () => "late", delay: 50 });
    const outbox = await bench.open();
    await outbox.add(person(1));
    const link = join(bench.folder, "link.db");
    symlinkSync(bench.store, link);
    const other = await bench.open({ store: link });
    const running = outbox.run({ signal: AbortSignal.timeout(100) });
    await expect(other.run()).rejects.toThrow("Another process is sending");
    bench.api.options = { ...bench.api.options, behave: () => "answer" };
    await running;
  });

  it("is refused if the file is something else", async () => {
    await using bench = await Bench.start();
    writeFileSync(
      bench.store,
      "This is a text, and a long one, so that SQLite does not take it for an empty file.".repeat(20),
    );
    await expect(bench.open()).rejects.toThrow("is not an SQLite file");
  });

  it("sends nothing while its disk is full, and continues afterwards", async () => {
    await using bench = await Bench.start();
    const outbox = await bench.open();
    await outbox.addAll(Array.from({ length: 20 }, (_, n) => person(n)));
    const { exec } = DatabaseSync.prototype;
    let isFull = true;
    let full = 0;
    DatabaseSync.prototype.exec = function (this: DatabaseSync, sql: string) {
      if (sql === "COMMIT" && isFull && this.prepare("SELECT 1 FROM outbox_attempt").get() !== undefined) {
        full += 1;
        isFull = full < 3;
        throw Object.assign(new Error("database or disk is full"), { errcode: 13 });
      }
      return exec.call(this, sql);
    };
    try {
      const { counts } = await outbox.run();
      expect(counts.accepted.rows).toBe(20);
    } finally {
      DatabaseSync.prototype.exec = exec;
    }
    expect(full).toBeGreaterThan(0);
    expect(bench.api.received).toHaveLength(20);
  });

  /** Makes this many commits of an answer fail. */
  function failing(times: number, errcode: number, onFailure: () => void): Disposable {
    const { exec } = DatabaseSync.prototype;
    let left = times;
    DatabaseSync.prototype.exec = function (this: DatabaseSync, sql: string) {
      const hasAnswer = () => this.prepare("SELECT 1 FROM outbox_attempt WHERE closed IS NOT NULL").get();
      if (sql === "COMMIT" && left > 0 && hasAnswer() !== undefined) {
        left -= 1;
        onFailure();
        throw Object.assign(new Error("the disk fails"), { errcode });
      }
      return exec.call(this, sql);
    };
    return {
      [Symbol.dispose]: () => {
        DatabaseSync.prototype.exec = exec;
      },
    };
  }

  /** A row without a key, whose object no list shows: only its answer shows what happened. */
  async function answered(times: number, errcode: number, pause = 0) {
    const bench = await Bench.start({ hides: () => true });
    let ahead = 0;
    bench.clock.monotonic = () => performance.now() + ahead;
    const wait = () => {
      ahead += pause;
    };
    const outbox = await bench.open();
    await outbox.add(request(1));
    using _ = failing(times, errcode, wait);
    const { counts, stopped } = await outbox.run();
    const [last] = (await outbox.history("invoice-1")).slice(-1);
    await bench[Symbol.asyncDispose]();
    return { accepted: counts.accepted.rows, stopped, last };
  }

  const FULL = 13;
  const BROKEN = 10;

  it("keeps an answer while its disk is full", async () => {
    expect(await answered(2, FULL)).toMatchObject({ accepted: 1, stopped: undefined });
  });

  it("gives up if its disk stays full for long", async () => {
    expect(await answered(Number.POSITIVE_INFINITY, FULL, 31_000)).toMatchObject({
      accepted: 0,
      stopped: { by: "store", message: expect.stringContaining("could not be stored") },
    });
  });

  it("tries again to store an answer after its disk failed, then stops", async () => {
    expect(await answered(1, BROKEN)).toMatchObject({
      accepted: 1,
      stopped: { by: "store", message: expect.not.stringContaining("could not be stored") },
      last: { event: "accepted", detail: "The API created it" },
    });
  });

  it("stores that a row was paid even if it can't store the answer's text", async () => {
    expect(await answered(2, BROKEN)).toMatchObject({
      accepted: 1,
      last: { event: "accepted", detail: expect.stringContaining("text that the store can't keep") },
    });
  });

  it("reports how many answers it could not store", async () => {
    expect(await answered(3, BROKEN)).toMatchObject({
      accepted: 0,
      stopped: { by: "store", message: expect.stringContaining("1 answer could not be stored") },
    });
  });

  it("waits while another process writes", async () => {
    await using bench = await Bench.start();
    const outbox = await bench.open();
    await outbox.add(person(1));
    const other = new DatabaseSync(bench.store);
    other.exec("BEGIN IMMEDIATE");
    const running = outbox.run();
    setTimeout(() => other.exec("COMMIT"), 300);
    expect((await running).counts.accepted.rows).toBe(1);
    other.close();
  });
});

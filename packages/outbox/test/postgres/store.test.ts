import pg from "pg";
import { afterAll, beforeAll, describe, expect, it, vi } from "vitest";
import { readAccount } from "../../src/store/postgres/read-account.ts";
import { Bench } from "../api/bench.ts";
import { person, request } from "../api/rows.ts";
import { paidAndLost, refusedStatements } from "../refused-statements.ts";
import { movablePlaces } from "./places.ts";
import { sharedServer } from "./servers.ts";
import { Wire } from "./wire.ts";

const server = sharedServer();
const places = movablePlaces(server);
afterAll(() => places.remove());

const people = (count: number) => Array.from({ length: count }, (_, n) => person(n));

/** The URL of the same store with another port. */
function by(port: number, store: string): string {
  const url = new URL(store);
  url.port = String(port);
  return url.href;
}

async function connected(store: string) {
  const client = new pg.Client(store);
  await client.connect();
  return Object.assign(client, { [Symbol.asyncDispose]: () => client.end() });
}

describe.concurrent("a store in PostgreSQL", () => {
  it("stores the same as a file", async () => {
    const behave = ({ reference }: { reference: string | undefined }) =>
      reference === "invoice-2"
        ? ("refuse" as const)
        : reference === "invoice-4"
          ? ("lose" as const)
          : ("answer" as const);
    await using bench = await Bench.start({ behave, hides: ({ reference }) => reference === "invoice-4" });
    await using other = await Bench.start({ behave, hides: ({ reference }) => reference === "invoice-4" });
    const kept = [];
    for (const outbox of [await bench.open(), await other.open({ store: await server.create() })]) {
      await outbox.addAll([person(1), person(2), request(3), request(4)]);
      await outbox.run({ concurrency: 1 });
      const rows = [];
      for await (const { object: _, addedAt, firstAt, changedAt, key, ...row } of outbox.list()) {
        const history = (await outbox.history(row.id)).map(({ at, ...entry }) => entry);
        rows.push({ ...row, history, times: [addedAt, firstAt, changedAt].map((time) => typeof time) });
      }
      kept.push({ rows, counts: await outbox.counts(), reserved: (await outbox.status()).reserved });
    }
    expect(kept[1]).toEqual(kept[0]);
  });

  it("adds rows inside the caller's transaction, or not at all", async () => {
    await using bench = await Bench.start();
    const store = await server.create();
    const outbox = await bench.open({ store });
    await using client = await connected(store);
    await client.query("CREATE TABLE orders (id text PRIMARY KEY)");
    await client.query("BEGIN");
    await client.query("INSERT INTO orders VALUES ('a')");
    await outbox.addWithin(client, person(1));
    await client.query("ROLLBACK");
    expect(await outbox.find("invoice-1")).toBeUndefined();
    await client.query("BEGIN");
    // Whatever the caller's search path, the rows go to the outbox's schema.
    await client.query("SET LOCAL search_path = pg_catalog");
    expect(await outbox.addWithin(client, person(2))).toMatchObject({ outcome: "added" });
    expect(await outbox.find("invoice-2")).toBeUndefined();
    await client.query("COMMIT");
    expect(await outbox.find("invoice-2")).toMatchObject({ state: "pending" });
    await client.query("BEGIN");
    await expect(outbox.addWithin(client, person(2, 5))).rejects.toThrow("known with different content");
    // The caller's transaction continues after a refusal.
    expect(await outbox.addWithin(client, person(3))).toMatchObject({ outcome: "added" });
    await client.query("COMMIT");
    expect(await outbox.find("invoice-3")).toMatchObject({ state: "pending" });
  });

  it("adds nothing outside of a transaction", async () => {
    await using bench = await Bench.start();
    const store = await server.create();
    const outbox = await bench.open({ store });
    await using client = await connected(store);
    const outside = "inside a transaction of yours";
    await expect(outbox.addWithin(client, person(1))).rejects.toThrow(outside);
    // It was not awaited, and the transaction was over before the row was added.
    await client.query("BEGIN");
    const late = outbox.addWithin(client, person(2));
    await Promise.all([client.query("ROLLBACK"), expect(late).rejects.toThrow(outside)]);
    // Existing rows are not an exception.
    await outbox.add(person(3));
    await expect(outbox.addWithin(client, person(3))).rejects.toThrow(outside);
    expect(await outbox.counts()).toMatchObject({ pending: { rows: 1 } });
  });

  it("adds nothing through a pool, whose statements may use different connections", async () => {
    await using bench = await Bench.start();
    const store = await server.create();
    const outbox = await bench.open({ store });
    const pool = new pg.Pool({ connectionString: store, max: 6 });
    await pool.query("CREATE TABLE orders (id text PRIMARY KEY)");
    const order = async (n: number): Promise<void> => {
      await pool.query("BEGIN");
      await pool.query("INSERT INTO orders VALUES ($1)", [`invoice-${n}`]);
      // @ts-expect-error a pool is no connection
      await expect(outbox.addWithin(pool, person(n))).rejects.toThrow("takes no pool");
      await pool.query("ROLLBACK");
    };
    await Promise.all([1, 2, 3, 4, 5, 6].map(order));
    expect(await outbox.counts()).toMatchObject({ pending: { rows: 0 } });
    await pool.end();
    // One of its clients is fine.
    const other = new pg.Pool({ connectionString: store });
    const client = await other.connect();
    await client.query("BEGIN");
    expect(await outbox.addWithin(client, person(1))).toMatchObject({ outcome: "added" });
    await client.query("COMMIT");
    client.release();
    await other.end();
  });

  it("adds nothing through a client that spreads its statements over transactions", async () => {
    await using bench = await Bench.start();
    const store = await server.create();
    const outbox = await bench.open({ store });
    await using one = await connected(store);
    await using other = await connected(store);
    await Promise.all([one.query("BEGIN"), other.query("BEGIN")]);
    let turn = 0;
    const spread = {
      query: (text: string, values?: unknown[]) => (turn++ % 2 === 0 ? one : other).query(text, values),
    };
    for (const n of [1, 2]) {
      await expect(outbox.addWithin(spread, person(n))).rejects.toThrow("inside a transaction of yours");
    }
    await Promise.all([one.query("COMMIT"), other.query("COMMIT")]);
    expect(await outbox.counts()).toMatchObject({ pending: { rows: 0 } });
  });

  it("leaves the caller's transaction to be rolled back if the database fails", async () => {
    await using bench = await Bench.start();
    const store = await server.create();
    const outbox = await bench.open({ store });
    await using client = await connected(store);
    await client.query("CREATE TABLE orders (id text PRIMARY KEY)");
    await client.query("BEGIN");
    await client.query("INSERT INTO orders VALUES ('a')");
    await client.query("SET LOCAL statement_timeout = '50ms'");
    await using other = await connected(store);
    await other.query("BEGIN");
    await outbox.addWithin(other, person(1));
    // The same ID is being added elsewhere, and that takes too long.
    await expect(outbox.addWithin(client, person(1))).rejects.toThrow("statement timeout");
    // If the caller continues anyway, neither is committed.
    expect((await client.query("COMMIT")).command).toBe("ROLLBACK");
    await other.query("ROLLBACK");
    expect((await client.query("SELECT * FROM orders")).rows).toEqual([]);
    expect(await outbox.counts()).toMatchObject({ pending: { rows: 0 } });
  });

  it("can't be added to by a client of another database", async () => {
    await using bench = await Bench.start();
    const outbox = await bench.open({ store: await server.create() });
    const url = new URL(await server.create());
    // Every server has it.
    url.pathname = "/template1";
    await using client = await connected(url.href);
    await client.query("BEGIN");
    await expect(outbox.addWithin(client, person(1))).rejects.toThrow("connected to another database");
    // The caller's transaction continues.
    expect((await client.query("SELECT 1 AS one")).rows).toEqual([{ one: 1 }]);
    await client.query("COMMIT");
  });

  it("does not block senders while a caller's transaction is open", async () => {
    await using bench = await Bench.start();
    const store = await server.create();
    const outbox = await bench.open({ store });
    await using client = await connected(store);
    await client.query("BEGIN");
    await outbox.addWithin(client, person(1));
    await outbox.add(person(2));
    expect((await outbox.run()).counts.accepted.rows).toBe(1);
    await client.query("COMMIT");
    expect((await outbox.run()).counts.accepted.rows).toBe(2);
  });

  it("reports an ID that is being added by a transaction that stays open", { timeout: 15_000 }, async () => {
    await using bench = await Bench.start();
    const store = await server.create();
    const outbox = await bench.open({ store, times: { adding: 50 } });
    await using client = await connected(store);
    await client.query("BEGIN");
    await outbox.addWithin(client, person(1));
    await expect(outbox.addAll([person(1), person(2)])).rejects.toThrow(
      "is being added by another transaction",
    );
    await client.query("ROLLBACK");
    expect((await outbox.addAll([person(1), person(2)])).map(({ outcome }) => outcome)).toEqual([
      "added",
      "added",
    ]);
  });

  it("reports a wrong row only through the promise", async () => {
    await using bench = await Bench.start();
    const store = await server.create();
    const outbox = await bench.open({ store });
    await using client = await connected(store);
    await client.query("BEGIN");
    const said = outbox.addWithin(client, person(1, -1)).catch((error: unknown) => String(error));
    expect(await said).toContain("/amount");
    await client.query("ROLLBACK");
  });

  it.each([
    ["has lost its row", "DELETE FROM outbox_ledger"],
    ["is gone", "DROP TABLE outbox_ledger CASCADE"],
  ])("reports damage if its ledger %s", async (_, sql) => {
    await using bench = await Bench.start();
    const store = await server.create();
    const outbox = await bench.open({ store });
    await outbox.add(person(1));
    await using client = await connected(store);
    await client.query(sql);
    await expect(bench.open({ store })).rejects.toThrow("The store's tables are damaged");
    await expect(readAccount(store)).rejects.toThrow("The store's tables are damaged");
  });

  it("lets several processes send at once, each row once", async () => {
    await using bench = await Bench.start();
    const store = await server.create();
    const outboxes = [await bench.open({ store }), await bench.open({ store }), await bench.open({ store })];
    await Promise.all(outboxes.map((outbox) => outbox.addAll(people(60))));
    const summaries = await Promise.all(outboxes.map((outbox) => outbox.run({ concurrency: 5 })));
    expect(summaries.map(({ counts }) => counts.accepted.rows)).toEqual([60, 60, 60]);
    expect(bench.api.received).toHaveLength(60);
    expect(summaries.filter(({ requests }) => requests > 0).length).toBeGreaterThan(1);
  });

  it("keeps one rate for all senders", async () => {
    await using bench = await Bench.start({}, places.make);
    const [one, other] = [await bench.open(), await bench.open()];
    await one.addAll(people(5));
    const { stopped } = await one.run({ perSecond: 1 / 600 });
    expect(stopped?.message).toContain("The next request can be sent in 10 minutes");
    await other.run();
    expect(bench.api.received).toHaveLength(1);
    bench.clock.ahead += 200_000;
    await other.run();
    expect(bench.api.received).toHaveLength(1);
    bench.clock.ahead += 401_000;
    await Promise.all([one.run(), other.run()]);
    expect(bench.api.received).toHaveLength(2);
  });

  it("makes all senders wait if the API asks one of them to", async () => {
    await using bench = await Bench.start(
      { behave: ({ n }) => (n === 0 ? "limit" : "answer"), retryAfter: 600 },
      places.make,
    );
    const [one, other] = [await bench.open(), await bench.open()];
    await one.add(person(1));
    await one.run();
    await other.add(person(2));
    expect((await other.run()).stopped?.message).toContain("The API asks everyone to wait until");
    expect(bench.api.received).toHaveLength(1);
    bench.clock.ahead += 601_000;
    expect((await other.run()).counts.accepted.rows).toBe(2);
  });

  it("finds out whether an unconfirmed commit has claimed rows, and gives them back", async () => {
    await using bench = await Bench.start();
    const store = await server.create();
    const wire = await Wire.to(server.port);
    const outbox = await bench.open({ store: by(wire.port, store) });
    await outbox.addAll([request(1), request(2)]);
    let isClaiming = false;
    let lost = 0;
    wire.onRequest = (bytes) => {
      if (bytes.includes("INSERT INTO outbox_attempt")) isClaiming = true;
      if (!isClaiming || !bytes.includes("COMMIT") || lost > 0) return true;
      lost += 1;
      return false;
    };
    const { counts } = await outbox.run();
    await wire.close();
    expect(lost).toBe(1);
    expect(counts.accepted.rows).toBe(2);
    expect(bench.api.received).toHaveLength(2);
    expect((await bench.open({ store }).then((other) => other.find("invoice-1")))?.attempts).toBe(2);
  });

  it("does not let a process send that was paused between its claim and its request", async () => {
    await using bench = await Bench.start();
    const store = await server.create();
    const wire = await Wire.to(server.port);
    const outbox = await bench.open({ store: by(wire.port, store) });
    await outbox.add(request(1));
    let isClaiming = false;
    wire.onRequest = (bytes) => {
      if (bytes.includes("INSERT INTO outbox_attempt")) isClaiming = true;
      if (isClaiming && bytes.includes("COMMIT") && bench.clock.ahead === 0) bench.clock.ahead = 3_600_000;
      return true;
    };
    await outbox.run();
    await wire.close();
    expect(bench.clock.ahead).toBeGreaterThan(0);
    expect(bench.api.received).toHaveLength(1);
    // The first attempt was given back, because it was certainly not sent.
    const history = await (await bench.open({ store })).history("invoice-1");
    expect(history.map(({ event, detail }) => [event, detail])).toContainEqual([
      "pending",
      "The sender was paused for too long",
    ]);
  });

  it("is not blocked by a sender that hangs in the middle of a transaction", async () => {
    await using bench = await Bench.start();
    const store = await server.create();
    const wire = await Wire.to(server.port);
    const [silent, outbox] = [await bench.open({ store: by(wire.port, store) }), await bench.open({ store })];
    await outbox.addAll([request(1), request(2)]);
    let isSilent = false;
    wire.onRequest = (bytes) => {
      if (!bytes.includes("INSERT INTO outbox_attempt")) return true;
      isSilent = true;
      wire.stall();
      return true;
    };
    const running = silent.run();
    await vi.waitUntil(() => isSilent, { timeout: 10_000 });
    expect((await outbox.run()).counts.accepted.rows).toBe(2);
    wire.restore();
    expect((await running).requests).toBe(0);
    await wire.close();
    expect(bench.api.received).toHaveLength(2);
  });

  it("refuses a database that does not wait for its disk", async () => {
    await using bench = await Bench.start();
    const url = new URL(await server.create());
    const schema = (url.searchParams.get("options") ?? "").replace(/.*=/, "");
    // PostgreSQL finds this function before its own.
    await server.run(
      `CREATE FUNCTION ${schema}.current_setting(text) RETURNS text LANGUAGE sql AS $$ SELECT 'off' $$`,
    );
    url.searchParams.set("options", `-c search_path=${schema},pg_catalog`);
    const outbox = await bench.open({ store: url.href });
    await expect(outbox.run()).rejects.toThrow("fsync = off");
  });

  it("refuses a database that can't store all characters", async () => {
    await using bench = await Bench.start();
    const url = new URL(await server.create());
    const schema = (url.searchParams.get("options") ?? "").replace(/.*=/, "");
    // PostgreSQL finds this view before its own.
    await server.run(
      `CREATE VIEW ${schema}.pg_database AS
         SELECT datname, pg_char_to_encoding('LATIN1') AS encoding FROM pg_catalog.pg_database`,
    );
    url.searchParams.set("options", `-c search_path=${schema},pg_catalog`);
    await expect(bench.open({ store: url.href })).rejects.toThrow("with the encoding LATIN1");
  });

  it("stores an answer without its text if it can't store the text", async () => {
    await using bench = await Bench.start({
      behave: ({ reference }) => (reference === "invoice-1" ? "refuse" : "answer"),
    });
    const store = await server.create();
    const outbox = await bench.open({ store });
    await using client = await connected(store);
    await client.query("ALTER TABLE outbox_attempt ADD CHECK (answer NOT LIKE '%422%')");
    await client.query("ALTER TABLE outbox_object ADD CHECK (fate <> 'created')");
    await outbox.addAll([person(1), person(2)]);
    const { stopped, counts } = await outbox.run();
    expect(stopped?.by).toBe("store");
    expect(counts).toMatchObject({ accepted: { rows: 1 }, refused: { rows: 1 } });
  });

  it("uses the time of the database, however wrong the workers' clocks are", async () => {
    const stop = new AbortController();
    await using bench = await Bench.start({
      behave: ({ n }) => {
        if (n === 0) stop.abort();
        return n === 0 ? "lose" : "answer";
      },
      hides: () => true,
    });
    const store = await server.create();
    const off = (hours: number) => ({
      wall: () => Date.now() + hours * 3_600_000,
      monotonic: () => performance.now(),
    });
    const [early, late] = [
      await bench.open({ store, clock: off(-30) }),
      await bench.open({ store, clock: off(30) }),
    ];
    await early.add(person(1));
    await early.run({ signal: stop.signal });
    expect((await late.counts()).sending.rows).toBe(1);
    // With the same key, which is a second old.
    expect((await late.run()).counts.accepted.rows).toBe(1);
    expect(bench.api.made).toHaveLength(1);
    const { addedAt = 0, changedAt = 0 } = (await late.find("invoice-1")) ?? {};
    expect(Math.abs(changedAt - Date.now())).toBeLessThan(60_000);
    expect(Math.abs(addedAt - Date.now())).toBeLessThan(60_000);
  });

  it("belongs to one account", async () => {
    await using bench = await Bench.start();
    await using other = await Bench.start();
    const store = await server.create();
    await bench.open({ store });
    await expect(other.open({ store })).rejects.toThrow("belongs to");
  });
});

describe("the tables in PostgreSQL refuse, whatever the code does,", () => {
  let bench: Bench;
  let client: pg.Client;

  beforeAll(async () => {
    const store = await server.create();
    bench = await paidAndLost({ store });
    client = await connected(store);
  });
  afterAll(async () => {
    await client.end();
    await bench[Symbol.asyncDispose]();
  });

  it.each([
    ...refusedStatements({ worker: "'w'", turn: "'t'" }),
    ["to empty the history", "TRUNCATE outbox_history", /only added to/] as const,
    ["to forget all rows", "TRUNCATE outbox_intent CASCADE", /never deleted|only added to/] as const,
  ])("%s", async (_, sql, problem) => {
    await expect(client.query(sql)).rejects.toThrow(problem);
  });
});

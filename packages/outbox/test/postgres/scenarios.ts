import pg from "pg";
import { vi } from "vitest";
import { Bench } from "../api/bench.ts";
import { person, request } from "../api/rows.ts";
import type { Guard } from "../guards/guards.ts";
import { harm, refused, type Scenario } from "../guards/scenarios.ts";

/** Runs SQL in the store of a bench, like a restore would. */
async function change(bench: Bench, sql: string): Promise<void> {
  const client = new pg.Client(bench.store);
  await client.connect();
  try {
    await client.query(sql);
  } finally {
    await client.end();
  }
}

/** The ledger goes back in time, and only a running process knows it. The list shows nothing. */
const goesBack: Scenario = async (source) => {
  await using bench = await Bench.start({ hides: () => true });
  const outbox = await bench.open({}, source.openOutbox);
  await outbox.add(request(1));
  await outbox.run();
  await outbox.add(request(2));
  await change(bench, "UPDATE outbox_ledger SET mark = mark - 1; UPDATE outbox_setting SET mark = mark - 1");
  await refused(source, () => outbox.run());
  return bench.api.received.length > 1 ? "it was sent by a ledger that went back in time" : undefined;
};

/** The tables come from a dump. */
const isCopied: Scenario = async (source) => {
  await using bench = await Bench.start({ hides: () => true });
  const outbox = await bench.open({}, source.openOutbox);
  await outbox.add(request(1));
  await change(
    bench,
    "CREATE TABLE kept AS SELECT * FROM outbox_ledger; DROP TABLE outbox_ledger; ALTER TABLE kept RENAME TO outbox_ledger",
  );
  await refused(source, () => outbox.run());
  return bench.api.received.length > 0 ? "it was sent by a copy" : undefined;
};

const TABLES = [
  "ledger",
  "setting",
  "log",
  "intent",
  "attempt",
  "object",
  "follow_up",
  "history",
  "event",
  "worker",
];

/** A backup of some tables, which is restored into them, in place. No trigger runs. */
async function backUp(bench: Bench, tables: readonly string[]): Promise<() => Promise<void>> {
  await change(bench, tables.map((name) => `CREATE TABLE kept_${name} AS TABLE outbox_${name}`).join(";"));
  const empty = tables.map((name) => `DELETE FROM outbox_${name}`);
  const fill = tables.map(
    (name) => `INSERT INTO outbox_${name} OVERRIDING SYSTEM VALUE SELECT * FROM kept_${name}`,
  );
  return () => change(bench, ["SET session_replication_role = replica", ...empty, ...fill].join(";"));
}

/** The rows of tables are restored, and no process that knows better is running. The list shows nothing. */
const isFilledAgain =
  (tables: readonly string[]): Scenario =>
  async (source) => {
    await using bench = await Bench.start({ hides: () => true });
    const outbox = await bench.open({}, source.openOutbox);
    await outbox.addAll([request(1), request(2)]);
    await outbox.run({ maxTotal: 1_000 });
    const restore = await backUp(bench, tables);
    await outbox.run({ maxTotal: null });
    await restore();
    const later = await bench.open({}, source.openOutbox);
    await refused(source, () => later.run({ maxTotal: null }));
    if (bench.api.received.length > 2) return "it was sent by a store whose rows were put back";
    // It is recovered once.
    await later.recover({ who: "test" });
    const { counts } = await later.run();
    if ((await later.status()).reserved !== 2_000) return "what may have been paid is not counted right";
    return counts.unresolved.rows === 1 ? undefined : "recover did not take it into use";
  };

/** Like a backup from before there were settings. */
export const isFilledWithoutSettings = isFilledAgain(
  TABLES.filter((name) => name !== "setting" && name !== "log"),
);

/** Only the ledger is restored, which counts what may have been paid. */
const ledgerIsBehind: Scenario = async (source) => {
  await using bench = await Bench.start();
  const outbox = await bench.open({}, source.openOutbox);
  await outbox.addAll([request(1), request(2), request(3)]);
  await outbox.run({ maxTotal: 1_000 });
  const restore = await backUp(bench, ["ledger"]);
  await outbox.run({ maxTotal: 2_000 });
  await restore();
  const later = await bench.open({}, source.openOutbox);
  await refused(source, () => later.run());
  return bench.api.received.length > 2 ? "more was sent than was allowed" : undefined;
};

/** Only the rows are restored, while the process that sent them is running. The list shows them, but is not read. */
const rowsAreBehind: Scenario = async (source) => {
  await using bench = await Bench.start();
  const outbox = await bench.open({}, source.openOutbox);
  await outbox.add(person(1));
  const restore = await backUp(bench, ["intent"]);
  const stop = new AbortController();
  const working = outbox.work({ signal: stop.signal });
  await vi.waitUntil(async () => (await outbox.counts()).accepted.rows === 1, { timeout: 10_000 });
  // The API has forgotten its key.
  bench.clock.ahead += 30 * 3_600_000;
  await restore();
  const timer = setTimeout(() => stop.abort(), 3_000);
  const { stopped } = await working;
  clearTimeout(timer);
  if (bench.api.received.length > 1) return "it was sent by a row that went back in time";
  if (stopped.by !== "store") return "nobody was told";
  await outbox.recover({ who: "test" });
  await outbox.run();
  const { counts } = await outbox.run();
  return counts.accepted.rows === 1 ? await harm(bench, outbox) : "recover did not take it into use";
};

/** An application is connected to a copy of the database, where nobody sends. */
const addsToACopy: Scenario = async (source) => {
  await using bench = await Bench.start();
  const outbox = await bench.open({}, source.openOutbox);
  const copy = new URL(bench.store);
  const schema = (copy.searchParams.get("options") ?? "").replace(/.*=(\w+).*/, "$1");
  await change(bench, `CREATE DATABASE ${schema} TEMPLATE template0`);
  copy.pathname = `/${schema}`;
  copy.searchParams.set("options", `-c search_path=${schema}`);
  const client = new pg.Client(copy.href);
  await client.connect();
  try {
    await client.query(`CREATE SCHEMA ${schema}`);
    await bench.open({ store: copy.href }, source.openOutbox);
    const { uuid } = await outbox.status();
    await client.query("UPDATE outbox_ledger SET uuid = $1", [uuid]);
    await client.query("BEGIN");
    const said = await refused(source, () => outbox.addWithin(client, person(1)));
    await client.query("COMMIT");
    return said === undefined ? "it was added to a copy, where nobody sends it" : undefined;
  } finally {
    await client.end();
  }
};

/** The server is restarted with a backup in the middle of a run. The list shows what was sent since. */
const restartsInBetween: Scenario = async (source) => {
  await using bench = await Bench.start();
  const outbox = await bench.open({}, source.openOutbox);
  // PostgreSQL finds this function before its own.
  await change(
    bench,
    `CREATE TABLE started (at timestamptz); INSERT INTO started VALUES ('2026-01-01');
     CREATE FUNCTION pg_postmaster_start_time() RETURNS timestamptz LANGUAGE sql AS 'SELECT at FROM started'`,
  );
  await outbox.addAll([request(1), request(2)]);
  bench.api.before = async () => {
    bench.api.before = undefined;
    const [first] = bench.api.received;
    const text = JSON.parse(first?.text ?? "{}");
    // As if it was added after the backup, and before it was restored.
    bench.api.made.push({
      id: "c0ffee00-0000-4000-8000-000000000000",
      kind: "payoutRequest",
      created: bench.api.now,
      amount: 1_000,
      reference: "invoice-2",
      metadata: { ...text.metadata, outbox_id: "invoice-2" },
      status: "created",
    });
    await change(bench, "UPDATE started SET at = '2026-01-02'");
  };
  await refused(source, () => outbox.run({ concurrency: 1 }));
  return bench.api.received.length > 1
    ? "it was sent after a restart without a look into the list"
    : undefined;
};

/** An answer arrives for an attempt whose number belongs to another one since the restore. */
const answersAnother: Scenario = async (source) => {
  await using bench = await Bench.start();
  const outbox = await bench.open({}, source.openOutbox);
  await outbox.add(person(1));
  bench.api.before = () => change(bench, "UPDATE outbox_attempt SET turn = 'of another'");
  await refused(source, () => outbox.run());
  const intent = await outbox.find("invoice-1");
  if (intent?.state === "accepted") return "an answer was stored for another attempt";
  return (await outbox.status()).stopped === undefined ? "nobody was told" : await harm(bench, outbox);
};

/** Guards that only a store in PostgreSQL has. */
export const GUARDS: readonly Guard[] = [
  {
    name: "a process remembers how far the ledger was",
    without: [
      {
        file: "store/postgres/ledger.ts",
        find: `number(ledger, "mark") < memory.mark`,
        put: "memory.mark < 0",
      },
    ],
    scenario: goesBack,
  },
  {
    name: "a copy is noticed",
    without: [
      {
        file: "store/postgres/ledger.ts",
        find: `text(ledger, "here") === text(ledger, "fingerprint")`,
        put: `text(ledger, "here") !== ""`,
      },
    ],
    sampled: true,
    scenario: isCopied,
  },
  {
    name: "restored rows are noticed",
    without: [{ file: "store/postgres/ledger.ts", find: `ledger["is_in_place"] === true`, put: "true" }],
    scenario: isFilledAgain(TABLES),
  },
  {
    name: "a restored ledger with current settings is noticed",
    without: [
      {
        file: "store/postgres/ledger.ts",
        find: `ledger["marks_agree"] !== true`,
        put: "ledger === undefined",
      },
    ],
    scenario: ledgerIsBehind,
  },
  {
    name: "missing attempts are noticed",
    without: [
      {
        file: "store/postgres/ledger.ts",
        find: `ledger["lacks_attempts"] === true`,
        put: "ledger === undefined",
      },
    ],
    scenario: isFilledAgain(["intent", "attempt", "object"]),
  },
  {
    name: "a row that has lost its attempts is not sent",
    without: [
      { file: "store/postgres/turn/claims.ts", find: `row["is_behind"] === true`, put: "row === undefined" },
    ],
    scenario: rowsAreBehind,
  },
  {
    name: "no rows are added to a copy",
    without: [
      {
        file: "store/postgres/caller-transactions.ts",
        find: `text(theirs, "place") !== text(ours, "place")`,
        put: "false",
      },
    ],
    scenario: addsToACopy,
  },
  {
    name: "the list is read again after a restart of the server",
    without: [
      { file: "store/postgres/postgres-store.ts", find: "server !== this.#looked", put: `server === ""` },
    ],
    scenario: restartsInBetween,
  },
  {
    name: "an answer only counts for its own attempt",
    without: [
      { file: "store/postgres/turn/accepted.ts", find: "AND a.turn = t.turn", put: "" },
      {
        file: "store/postgres/turn/turn.ts",
        find: `text(attempt, "turn") !== turns.get(answer.attempt)`,
        put: "answer.attempt < 0",
      },
    ],
    scenario: answersAnother,
  },
];

import pg from "pg";
import { Bench, person, request } from "../api/bench.ts";
import type { Edit } from "../guards/copy-without.ts";
import { harm, refused, type Scenario } from "../guards/scenarios.ts";

/** Runs SQL in the store of a bench, as a restore would have done it. */
async function change(bench: Bench, sql: string): Promise<void> {
  const client = new pg.Client(bench.store);
  await client.connect();
  await client.query(sql);
  await client.end();
}

/** The ledger goes back in time while nothing but a process knows better. The list shows nothing. */
const goesBack: Scenario = async (source) => {
  await using bench = await Bench.start({ hides: () => true });
  const outbox = await bench.open({}, source.openOutbox);
  await outbox.add(request(1));
  await outbox.run();
  await outbox.add(request(2));
  await change(bench, "UPDATE outbox_ledger SET mark = mark - 1");
  await refused(source, () => outbox.run());
  return bench.api.received.length > 1 ? "it was sent by a ledger that went back in time" : undefined;
};

/** The tables are those of a dump. */
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

/** The server is started again with a backup, in the middle of a run. The list shows what was sent since. */
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
    // As it was made after the backup, and before it was put back.
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

/** An answer comes for an attempt whose number is another one's since the restore. */
const answersAnother: Scenario = async (source) => {
  await using bench = await Bench.start();
  const outbox = await bench.open({}, source.openOutbox);
  await outbox.add(person(1));
  bench.api.before = () => change(bench, "UPDATE outbox_attempt SET turn = 'of another'");
  await refused(source, () => outbox.run());
  const intent = await outbox.find("invoice-1");
  if (intent?.state === "accepted") return "an answer was taken for another attempt";
  return (await outbox.status()).stopped === undefined ? "nobody was told" : await harm(bench, outbox);
};

/** Guards that only a store in PostgreSQL has. */
export const GUARDS: readonly {
  readonly name: string;
  readonly without: readonly Edit[];
  readonly scenario: Scenario;
}[] = [
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
    scenario: isCopied,
  },
  {
    name: "the list is asked again when the server was started again",
    without: [
      { file: "store/postgres/postgres-store.ts", find: "server !== this.#looked", put: `server === ""` },
    ],
    scenario: restartsInBetween,
  },
  {
    name: "an answer counts for the attempt that it was claimed in",
    without: [
      { file: "store/postgres/accepted.ts", find: "AND a.turn = t.turn", put: "" },
      {
        file: "store/postgres/turn.ts",
        find: `text(attempt, "turn") !== turns.get(answer.attempt)`,
        put: "answer.attempt < 0",
      },
    ],
    scenario: answersAnother,
  },
];

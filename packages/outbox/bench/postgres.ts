// Measures a store in PostgreSQL: rows per second with one, two and four workers in one run, and the time of each
// step with a million pending rows. `--rows 4000 --waiting 1000000 --concurrency 20` change the size.
import { type ChildProcess, spawn } from "node:child_process";
import { once } from "node:events";
import { setTimeout as sleep } from "node:timers/promises";
import { fileURLToPath } from "node:url";
import { parseArgs } from "node:util";
import { Dots } from "@dots-payouts/client";
import { openOutbox } from "@dots-payouts/outbox";
import { startPostgres } from "@dots-payouts/postgres-server";
import pg from "pg";
import { PostgresStore } from "../src/store/postgres/postgres-store.ts";
import type { Answer, Ticket } from "../src/store/turn.ts";

const { values } = parseArgs({
  options: {
    rows: { type: "string", default: "4000" },
    waiting: { type: "string", default: "1000000" },
    concurrency: { type: "string", default: "20" },
  },
});
const rows = Number(values.rows);
const waiting = Number(values.waiting);
const concurrency = Number(values.concurrency);

/** What a worker does while many rows are pending. */
const PLANS = {
  "rows to take": `SELECT seq FROM outbox_intent i WHERE i.state = 'pending' AND i.due <= 9000000000000
    AND (i.first_at IS NULL OR i.key IS NULL OR i.first_at + i."window" > 1) ORDER BY i.seq LIMIT 20 FOR UPDATE SKIP LOCKED`,
  "rows to take up again": `SELECT i.seq FROM outbox_intent i JOIN outbox_attempt a ON a.n = i.claim
    WHERE i.state = 'sending' AND i.key IS NOT NULL AND i.lease <= 9000000000000 AND i.due <= 9000000000000 AND a.client = 'x'
    ORDER BY i.seq LIMIT 20 FOR UPDATE OF i SKIP LOCKED`,
  "the next row that is due":
    "SELECT min(due) FROM outbox_intent WHERE state = 'pending' AND due > 0 AND due > 1",
  "rows that wait for a new key": `SELECT * FROM outbox_intent WHERE (state = 'refused' AND cause = 'funds')
    OR (state = 'pending' AND first_at IS NOT NULL AND key IS NOT NULL) ORDER BY seq`,
  "the oldest row that is open": `SELECT min(first_at) FROM outbox_intent WHERE first_at IS NOT NULL
    AND state IN ('pending', 'sending', 'refused', 'unresolved') AND (state <> 'refused' OR cause = 'funds')`,
  "the counts": "SELECT state, count(*), sum(amount) FROM outbox_intent GROUP BY state",
};

const server = await startPostgres({
  onDisk: true,
  settings: ["fsync=on", "shared_buffers=512MB", "max_wal_size=4GB"],
});
try {
  if (rows > 0) {
    for (const delay of [0, 50]) {
      console.log(`\nAn API that answers after ${delay} ms, ${concurrency} requests in progress per worker:`);
      for (const workers of [1, 2, 4]) await throughput(workers, delay);
    }
  }
  if (waiting > 0) await steps();
} finally {
  await server.close();
}

/** Rows like those of an application. */
function* people(from: number, count: number) {
  for (let n = from; n < from + count; n += 1) {
    const payee = { country_code: "1", phone_number: String(2_000_000_000 + n) };
    const body = { amount: 1_000 + (n % 500), payee, memo: "October earnings" };
    yield { id: `invoice-${n}`, call: "payouts.send", body };
  }
}

async function throughput(workers: number, delay: number): Promise<void> {
  const api = spawn(process.execPath, [fileURLToPath(new URL("server.ts", import.meta.url)), String(delay)], {
    stdio: ["ignore", "pipe", "inherit"],
  });
  const fleet: ChildProcess[] = [];
  try {
    const [port] = await once(api.stdout, "data");
    const baseUrl = `http://127.0.0.1:${String(port).trim()}`;
    const store = await server.create();
    await using outbox = await openOutbox({
      store,
      dots: new Dots({ baseUrl, clientId: "id", apiKey: "key" }),
    });
    await using client = await connected(store);
    // No worker starts before all rows are added.
    await client.query("UPDATE outbox_ledger SET held = 'not yet'");
    await outbox.addAll(people(0, rows));
    await client.query("VACUUM ANALYZE outbox_intent");
    const script = fileURLToPath(new URL("worker.ts", import.meta.url));
    for (let n = 0; n < workers; n += 1) {
      const options = JSON.stringify({ store, baseUrl, concurrency });
      fleet.push(spawn(process.execPath, [script, options], { stdio: "inherit" }));
    }
    while ((await outbox.workers()).length < workers) await sleep(100);
    await sleep(1_500);
    const start = performance.now();
    await client.query("UPDATE outbox_ledger SET held = NULL");
    for (;;) {
      const { rows: left } = await client.query(
        "SELECT 1 FROM outbox_intent WHERE state <> 'accepted' LIMIT 1",
      );
      if (left.length === 0) break;
      await sleep(20);
    }
    const perSecond = rows / ((performance.now() - start) / 1_000);
    console.log(`${workers} ${workers === 1 ? "worker " : "workers"}  ${perSecond.toFixed(0)} rows/s`);
  } finally {
    for (const worker of fleet) {
      const exited = once(worker, "exit");
      worker.kill("SIGTERM");
      await exited;
    }
    api.kill();
  }
}

/** The time of each step with many pending rows, and the query plans. */
async function steps(): Promise<void> {
  const baseUrl = "http://127.0.0.1:1";
  const url = await server.create();
  const dots = new Dots({ baseUrl, clientId: "id", apiKey: "key" });
  await using outbox = await openOutbox({ store: url, dots });
  await using client = await connected(url);
  let start = performance.now();
  const batches: number[] = [];
  for (let from = 0; from < waiting; from += 1_000) {
    const began = performance.now();
    await outbox.addAll(people(from, Math.min(1_000, waiting - from)));
    batches.push(performance.now() - began);
  }
  console.log(`\nAdding ${waiting} rows: ${((performance.now() - start) / 1_000).toFixed(0)} s`);
  tell("adding 1,000 more rows", batches.slice(-50));
  const store = await PostgresStore.open(url, { baseUrl, options: {} }, 10_000);
  await store.witnessed({ ledger: Date.now(), server: undefined });
  tell("adding one row", await times(100, (n) => outbox.addAll(people(waiting + n, 1))));
  const take = turns(store);
  tell("taking 20 rows and reporting 20", await times(500, take));
  const blocker = await connected(url);
  await blocker.query("BEGIN ISOLATION LEVEL REPEATABLE READ; SELECT 1 FROM outbox_intent LIMIT 1");
  await times(1_000, take);
  tell("the same, after 20,000 rows, with another transaction left open", await times(100, take));
  await blocker.end();
  tell("counting all", await times(5, () => outbox.counts()));
  await client.query("VACUUM ANALYZE outbox_intent");
  tell("counting all, after a vacuum", await times(5, () => outbox.counts()));
  tell("status", await times(20, () => outbox.status()));
  tell("finding a row", await times(100, (n) => outbox.find(`invoice-${n * 7}`)));
  await store.close();
  start = performance.now();
  let listed = 0;
  for await (const _ of outbox.list()) if (++listed === 10_000) break;
  console.log(`reading 10,000 rows for a report: ${(performance.now() - start).toFixed(0)} ms`);
  for (const [what, sql] of Object.entries(PLANS)) {
    const { rows: lines } = await client.query(`EXPLAIN (ANALYZE, COSTS OFF, TIMING OFF, SUMMARY ON) ${sql}`);
    console.log(`\n${what}\n${lines.map((line) => `  ${line["QUERY PLAN"]}`).join("\n")}`);
  }
}

/** Claims rows and reports those that were claimed before, like a worker. */
function turns(store: PostgresStore): () => Promise<void> {
  let taken: readonly Ticket[] = [];
  let made = 0;
  return async () => {
    const answers = taken.map(
      ({ attempt }): Answer => ({
        attempt,
        kind: "accepted",
        object: { kind: "payout", id: `object-${made++}`, fate: "created" },
        reason: "The API created it",
      }),
    );
    const { tickets } = await store.turn({
      now: { ledger: Date.now(), server: Date.now() },
      answers,
      claim: {
        ...{
          limit: 20,
          resend: true,
          client: "client",
          budget: 30_000,
          timeout: 30_000,
          quiet: 600_000,
          apart: 1_800_000,
        },
        who: "bench",
      },
    });
    if (tickets.length !== 20) throw new Error(`only ${tickets.length} rows were taken`);
    taken = tickets;
  };
}

async function times(count: number, work: (n: number) => Promise<unknown>): Promise<number[]> {
  const measured: number[] = [];
  for (let n = 0; n < count; n += 1) {
    const start = performance.now();
    await work(n);
    measured.push(performance.now() - start);
  }
  return measured;
}

function tell(what: string, measured: readonly number[]): void {
  const sorted = [...measured].sort((one, other) => one - other);
  const at = (share: number) => (sorted[Math.floor((sorted.length - 1) * share)] ?? 0).toFixed(1);
  console.log(`${what}: median ${at(0.5)} ms, 95 % ${at(0.95)} ms, longest ${at(1)} ms`);
}

async function connected(url: string) {
  const client = new pg.Client(url);
  client.on("error", () => undefined);
  await client.connect();
  return Object.assign(client, { [Symbol.asyncDispose]: () => client.end() });
}

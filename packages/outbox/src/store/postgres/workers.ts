import { processName } from "../../process-name.ts";
import { number, optionalText, type Row, text } from "../row.ts";
import type { Worker, WorkerNews } from "../status.ts";
import { CLOCK } from "./connection/clock.ts";
import type { Sql } from "./connection/sql.ts";

/** How long a silent worker is still shown, in milliseconds. */
const REMEMBERED = 24 * 3_600_000;

/** Stores a worker's status. No decision depends on it. */
export async function keepBeat(sql: Sql, id: string, news: WorkerNews): Promise<void> {
  await sql.all(
    `INSERT INTO outbox_worker (id, name, began_at, seen_at, concurrency, under_way, requests, waiting)
     VALUES ($1, $2, ${CLOCK}, ${CLOCK}, $3, $4, $5, $6)
     ON CONFLICT (id) DO UPDATE SET seen_at = excluded.seen_at, under_way = excluded.under_way,
       requests = excluded.requests, waiting = excluded.waiting`,
    id,
    processName(),
    news.concurrency,
    news.underWay,
    news.requests,
    news.waiting ?? null,
  );
}

export async function forgetWorker(sql: Sql, id: string): Promise<void> {
  await sql.all(`DELETE FROM outbox_worker WHERE id = $1 OR seen_at < ${CLOCK} - ${REMEMBERED}`, id);
}

export async function readWorkers(sql: Sql): Promise<Worker[]> {
  const rows = await sql.all(
    `SELECT *, greatest(0, ${CLOCK} - seen_at) AS silent_for FROM outbox_worker
     WHERE seen_at > ${CLOCK} - ${REMEMBERED} ORDER BY began_at, id`,
  );
  return rows.map(workerOf);
}

function workerOf(row: Row): Worker {
  return {
    name: text(row, "name"),
    began: number(row, "began_at"),
    silentFor: number(row, "silent_for"),
    concurrency: number(row, "concurrency"),
    underWay: number(row, "under_way"),
    requests: number(row, "requests"),
    waiting: optionalText(row, "waiting"),
  };
}

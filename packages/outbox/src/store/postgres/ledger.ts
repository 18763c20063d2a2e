import { randomUUID } from "node:crypto";
import { type Account, describeAccount } from "../../ledger/account.ts";
import { OutboxError } from "../../outbox-error.ts";
import { number, optionalNumber, optionalText, type Row, text } from "../row.ts";
import { accountOf, statusOf } from "../rules/ledger.ts";
import type { LedgerStatus } from "../status.ts";
import { CLOCK } from "./connection/clock.ts";
import type { Sql } from "./connection/sql.ts";
import { KNOWN, migrate, requireKnown } from "./tables/migrate.ts";

/**
 * Distinguishes this database from one restored from a backup: the cluster, its timeline, which changes with each
 * recovery and each failover, and the database and the table, which a dump recreates.
 */
const FINGERPRINT = fingerprintOf("outbox_ledger");

/** @param ledger the table, with its schema where that is not searched */
export function fingerprintOf(ledger: string): string {
  return `(pg_control_system()).system_identifier
  || ':' || substr(pg_walfile_name(pg_current_wal_insert_lsn()), 1, 8)
  || ':' || (SELECT oid FROM pg_database WHERE datname = current_database())
  || ':' || '${ledger}'::regclass::oid`;
}

/**
 * Whether rows were restored into their tables from a backup: either all of them, which rewrites them, or some, which
 * then contradict the others.
 */
const PUT_BACK = `s.xmin::text = (s.written % 4294967296)::text AS is_in_place, l.mark = s.mark AS marks_agree,
  s.last_attempt > 0 AND NOT EXISTS (SELECT 1 FROM outbox_attempt WHERE n = s.last_attempt) AS lacks_attempts`;

/**
 * Begins a transaction that decides something, after waiting for all others. The lock is the ledger's row. The database
 * disconnects a holder that falls silent, so a paused worker blocks nobody. Rows are found by index, even if the
 * database has no statistics yet: it would otherwise sort a million rows to find the first twenty.
 */
export const BEGIN = `BEGIN ISOLATION LEVEL READ COMMITTED;
SET LOCAL idle_in_transaction_session_timeout = '3s';
SET LOCAL statement_timeout = '20s';
SET LOCAL synchronous_commit = on;
SET LOCAL enable_seqscan = off;
SET LOCAL enable_bitmapscan = off;
SET LOCAL jit = off;
SELECT one FROM outbox_ledger FOR UPDATE;
SELECT l.*, s.per_second, s.max_total, s.max_amount, s.client, ${PUT_BACK},
  ${CLOCK} AS clock, ${FINGERPRINT} AS here, pg_postmaster_start_time()::text AS server,
  EXISTS (SELECT 1 FROM outbox_intent WHERE state = 'sending' AND key IS NOT NULL AND lease <= ${CLOCK}) AS has_open
FROM outbox_ledger l CROSS JOIN outbox_setting s`;

/**
 * Creates the tables if there are none, and checks that they belong to this account.
 * @returns the schema of the tables, quoted
 * @throws OutboxError if the store belongs to another account or a later version
 */
export async function openLedger(sql: Sql, account: Account, place: string): Promise<string> {
  const { schema, isNew } = await migrate(sql);
  if (isNew) {
    await sql.all(
      `INSERT INTO outbox_ledger (one, version, needs, uuid, base_url, options, fingerprint, known_until)
       VALUES (1, $1, $1, $2, $3, $4, ${FINGERPRINT}, ${CLOCK})`,
      KNOWN,
      randomUUID(),
      account.baseUrl,
      JSON.stringify(account.options),
    );
  }
  const [ledger] = await sql.all(`SELECT * FROM ${schema}.outbox_ledger`);
  requireKnown(number(ledger, "needs"));
  const own = accountOf(ledger);
  if (describeAccount(own) !== describeAccount(account)) {
    throw new OutboxError(
      `The store ${place} belongs to ${describeAccount(own)}, but this is ${describeAccount(account)}. ` +
        "Use one store for each: another database, or another schema.",
    );
  }
  return schema;
}

/** What a worker remembers about a ledger. It knows more than a backup does. */
export interface Memory {
  readonly uuid: string;
  readonly mark: number;
}

/** Why a ledger may not know what was sent since; `undefined` if it does. */
export function whyRestored(ledger: Row, memory: Memory | undefined): string | undefined {
  if (memory !== undefined && memory.uuid !== text(ledger, "uuid")) {
    return "There was another store here before, and this one does not know what was sent from it";
  }
  if (memory !== undefined && number(ledger, "mark") < memory.mark) {
    return "The database was restored from a backup, and does not know what was sent since";
  }
  if (ledger["marks_agree"] !== true || ledger["lacks_attempts"] === true) {
    return "Some tables of the database were restored from a backup, and others were not";
  }
  return text(ledger, "here") === text(ledger, "fingerprint") && ledger["is_in_place"] === true
    ? undefined
    : "The database was restored from a backup or copied, or another server has taken over, so it may not know what was sent since";
}

export async function readLedger(sql: Sql): Promise<LedgerStatus> {
  const [ledger] =
    await sql.all(`SELECT l.*, ${CLOCK} AS clock, s.per_second, s.max_total, s.max_amount, s.client,
      (SELECT min(first_at) FROM outbox_intent WHERE first_at IS NOT NULL) AS oldest,
      (SELECT min(first_at) FROM outbox_intent WHERE first_at IS NOT NULL
        AND state IN ('pending', 'sending', 'refused', 'unresolved')
        AND (state <> 'refused' OR cause = 'funds')) AS oldest_open
    FROM outbox_ledger l CROSS JOIN outbox_setting s`);
  return statusOf(ledger, ledger, number(ledger, "clock"), {
    paused: optionalText(ledger, "held") ?? optionalText(ledger, "paused"),
    oldestOpen: optionalNumber(ledger, "oldest_open"),
    oldest: optionalNumber(ledger, "oldest"),
  });
}

/** A commit that is not on disk would be forgotten, and its rows sent again. */
export async function requireDurable(sql: Sql, place: string): Promise<void> {
  const [row] = await sql.all("SELECT current_setting('fsync') AS fsync");
  if (text(row, "fsync") === "on") return;
  throw new OutboxError(
    `The store ${place} is in a database with fsync = off, which loses what was sent in a power failure. Turn it on.`,
  );
}

import { randomUUID } from "node:crypto";
import { type Account, describeAccount } from "../../ledger/account.ts";
import type { Reading } from "../../ledger/age.ts";
import { OutboxError } from "../../outbox-error.ts";
import { number, optionalNumber, optionalText, type Row, text } from "../row.ts";
import { accountOf, statusOf } from "../rules/ledger.ts";
import type { LedgerStatus } from "../status.ts";
import type { SqliteFile } from "./file.ts";
import type { Sql } from "./sql.ts";
import { TABLES, VERSION } from "./tables.ts";
import type { Mark } from "./witness.ts";

/**
 * Creates the tables if there are none, and checks that they belong to this account.
 * @throws OutboxError if the store belongs to another account or version
 */
export function openLedger(file: SqliteFile, account: Account, now: number): void {
  const { sql } = file;
  requireWhole(file);
  file.script(TABLES);
  sql.run(
    `INSERT INTO outbox_ledger (one, version, uuid, base_url, options, fingerprint, known_until)
     VALUES (1, ?, ?, ?, ?, ?, ?) ON CONFLICT DO NOTHING`,
    VERSION,
    randomUUID(),
    account.baseUrl,
    JSON.stringify(account.options),
    file.fingerprint,
    Math.trunc(now),
  );
  sql.run("INSERT INTO outbox_setting (one) VALUES (1) ON CONFLICT DO NOTHING");
  const ledger = sql.get("SELECT * FROM outbox_ledger");
  const version = number(ledger, "version");
  if (version < VERSION) upgrade(sql);
  if (version > VERSION) {
    throw new OutboxError(
      `The store ${file.path} was created by a later version of dots-outbox. Install that one.`,
    );
  }
  const own = accountOf(ledger);
  if (describeAccount(own) !== describeAccount(account)) {
    throw new OutboxError(
      `The store ${file.path} belongs to ${describeAccount(own)}, but this is ${describeAccount(account)}. ` +
        (number(ledger, "has_sent") === 0
          ? "Nothing was ever sent from it: delete the file, or use another one."
          : "Use one store for each."),
    );
  }
  if (!file.isSame(text(ledger, "fingerprint"))) {
    sql.run(
      "UPDATE outbox_ledger SET stopped = coalesce(stopped, ?)",
      "The file was copied or restored from a backup, so it may not know what was sent since",
    );
  }
}

/** Upgrades the tables of an earlier version. There is no way back. */
function upgrade(sql: Sql): void {
  // The client of the last request. If it is uncertain, the attempt names both.
  sql.run(
    `UPDATE outbox_setting SET client =
       (SELECT client FROM outbox_attempt WHERE client NOT LIKE '% or %' ORDER BY n DESC LIMIT 1)`,
  );
  sql.run("UPDATE outbox_ledger SET version = ?", VERSION);
}

/** @throws OutboxError if there are rows without the ledger that knows what was sent of them */
function requireWhole({ sql, path }: SqliteFile): void {
  const has = (table: string) =>
    sql.get("SELECT 1 FROM sqlite_schema WHERE type = 'table' AND name = ?", table) !== undefined;
  const isKept = has("outbox_ledger") && sql.get("SELECT 1 FROM outbox_ledger") !== undefined;
  if (isKept || !has("outbox_intent") || sql.get("SELECT 1 FROM outbox_intent") === undefined) return;
  throw new OutboxError(
    `The store ${path} is damaged: it has rows, but its ledger is missing. Nothing is sent. Restore a backup and run recover.`,
  );
}

/**
 * Stops a store that is behind its witness, or that has lost it.
 * @param seen the witness before the store was read
 */
export function checkMark(sql: Sql, seen: Mark | undefined, witness: string): void {
  const reason = whyBehind(sql, seen, witness);
  if (reason !== undefined) sql.run("UPDATE outbox_ledger SET stopped = coalesce(stopped, ?)", reason);
}

function whyBehind(sql: Sql, seen: Mark | undefined, witness: string): string | undefined {
  const ledger = sql.get("SELECT * FROM outbox_ledger");
  if (seen === undefined) {
    return number(ledger, "has_sent") === 1
      ? `${witness} is missing, so the store may have been restored from a backup`
      : undefined;
  }
  if (seen.uuid !== text(ledger, "uuid")) {
    return `According to ${witness}, there was another store here before, and this one does not know what was sent from it. Put that one back, or choose another file for a new one`;
  }
  return seen.mark > number(ledger, "mark")
    ? "The file was restored from a backup, and does not know what was sent since"
    : undefined;
}

/** The progress of a ledger. */
export function markOf(sql: Sql): Mark {
  const ledger = sql.get("SELECT uuid, mark FROM outbox_ledger");
  return { uuid: text(ledger, "uuid"), mark: number(ledger, "mark") };
}

/** @param clock the time of this machine */
export function readLedger(sql: Sql, clock: number): LedgerStatus {
  const ledger = sql.get("SELECT * FROM outbox_ledger");
  const settings = readSettings(sql);
  const oldest = sql.get(
    `SELECT min(first_at) AS at FROM outbox_intent
     WHERE state IN ('sending', 'unresolved') OR (state = 'refused' AND cause = 'funds') OR state = 'pending'`,
  );
  return statusOf(ledger, settings, clock, {
    paused: optionalText(ledger, "paused"),
    oldestOpen: optionalNumber(oldest, "at"),
    oldest: optionalNumber(sql.get("SELECT min(first_at) AS at FROM outbox_intent"), "at"),
  });
}

/** What people have set for the whole store. */
export function readSettings(sql: Sql): Row | undefined {
  return sql.get("SELECT * FROM outbox_setting");
}

/** The ledger's clock never goes back. */
export function passTime(sql: Sql, { ledger, server }: Reading): Reading {
  const highest = number(sql.get("SELECT highest FROM outbox_ledger"), "highest");
  if (ledger > highest) sql.run("UPDATE outbox_ledger SET highest = ?", Math.trunc(ledger));
  return {
    ledger: Math.trunc(Math.max(ledger, highest)),
    server: server === undefined ? undefined : Math.trunc(server),
  };
}

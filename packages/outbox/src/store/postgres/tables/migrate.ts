import { OutboxError } from "../../../outbox-error.ts";
import { number, text } from "../../row.ts";
import type { Sql } from "../connection/sql.ts";
import { firstTables } from "./first-tables.ts";
import { settingTables } from "./setting-tables.ts";
import { requireWhole } from "./whole.ts";

/** A step from one version of the tables to the next. There is no way back. */
export interface Migration {
  /** The oldest program version that may continue to work after it. */
  readonly needs: number;
  /** @param schema quoted */
  readonly script: (schema: string) => string;
}

/** All steps, starting without tables. */
export const MIGRATIONS: readonly Migration[] = [
  { needs: 1, script: firstTables },
  { needs: 2, script: settingTables },
];

/** The version that this program knows. */
export const KNOWN = MIGRATIONS.length;

/**
 * Migrates the tables to what this program needs, in the open transaction. Other programs may be running: they wait for
 * it, and continue, or end if they do not support the new tables.
 * @returns the schema of the tables, quoted, and whether they were just created
 */
export async function migrate(
  sql: Sql,
  migrations: readonly Migration[] = MIGRATIONS,
): Promise<{ readonly schema: string; readonly isNew: boolean }> {
  const present = await readSchema(sql);
  await requireWhole(sql, present);
  if (present !== undefined && (await versionOf(sql, present)) >= migrations.length) {
    return { schema: present, isNew: false };
  }
  // One at a time. Those that waited check again.
  await sql.all("SELECT pg_advisory_xact_lock(hashtextextended('dots-outbox ' || current_schema(), 0))");
  // A long transaction elsewhere must not also block those who come after us.
  await sql.all("SET LOCAL lock_timeout = '5s'");
  const schema = (await readSchema(sql)) ?? (await currentSchema(sql));
  const isThere = (await readSchema(sql)) !== undefined;
  // First, like every deciding transaction: locking in a different order would deadlock.
  if (isThere) await sql.all(`SELECT one FROM ${schema}.outbox_ledger FOR UPDATE`);
  const from = isThere ? await versionOf(sql, schema) : 0;
  for (const { script } of migrations.slice(from)) await sql.script(script(schema));
  const needs = Math.max(...migrations.map((migration) => migration.needs));
  if (from > 0 && from < migrations.length) {
    await sql.all(
      `UPDATE ${schema}.outbox_ledger SET version = $1, needs = greatest(needs, $2)`,
      migrations.length,
      needs,
    );
  }
  return { schema, isNew: from === 0 };
}

/** @throws OutboxError if the tables belong to a later version that this one does not support */
export function requireKnown(needs: number): void {
  if (needs <= KNOWN) return;
  throw new OutboxError(
    "A later version of dots-outbox has upgraded the store. Install that version here too.",
  );
}

async function readSchema(sql: Sql): Promise<string | undefined> {
  const [row] = await sql.all(
    `SELECT quote_ident(n.nspname) AS schema FROM pg_class c JOIN pg_namespace n ON n.oid = c.relnamespace
     WHERE c.oid = to_regclass('outbox_ledger')`,
  );
  return row === undefined ? undefined : text(row, "schema");
}

async function currentSchema(sql: Sql): Promise<string> {
  const [row] = await sql.all("SELECT quote_ident(current_schema()) AS schema");
  const schema = text(row, "schema");
  if (schema !== "") return schema;
  throw new OutboxError("The store's search_path names no existing schema, so the tables cannot be created.");
}

async function versionOf(sql: Sql, schema: string): Promise<number> {
  const [row] = await sql.all(`SELECT version FROM ${schema}.outbox_ledger`);
  return number(row, "version");
}

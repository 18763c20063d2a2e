import { OutboxError } from "../../../outbox-error.ts";
import type { Sql } from "../connection/sql.ts";

const DAMAGED =
  "The store's tables are damaged: the ledger is missing, or has lost its row, but other tables exist. Nothing is sent. " +
  "Restore all tables from a backup, then run recover.";

/**
 * @param schema that of the ledger, quoted; `undefined` if it is to be found
 * @throws OutboxError if what is left of the tables cannot tell what was sent
 */
export async function requireWhole(sql: Sql, schema: string | undefined): Promise<void> {
  // In this order: another process may be creating them all just now.
  const hasIntents = await exists(sql, "outbox_intent");
  const ledger = schema === undefined ? "outbox_ledger" : `${schema}.outbox_ledger`;
  const hasLedger = await exists(sql, ledger);
  const isWhole = hasLedger ? (await sql.all(`SELECT one FROM ${ledger}`)).length > 0 : !hasIntents;
  if (!isWhole) throw new OutboxError(DAMAGED);
}

/** Whether there is such a table. A query of a table that is not there would end the transaction. */
export async function exists(sql: Sql, table: string): Promise<boolean> {
  const [row] = await sql.all("SELECT to_regclass($1) IS NOT NULL AS is_there", table);
  return row?.["is_there"] === true;
}

import { OutboxError } from "../../outbox-error.ts";
import type { Sql } from "./sql.ts";

const DAMAGED =
  "The store's tables are damaged: the ledger is gone, or has lost its row, and other tables are there. Nothing is sent. " +
  "Restore all tables from a backup, then run recover.";

/**
 * @param schema that of the ledger, quoted; `undefined` where it is to be found
 * @throws OutboxError when what is left of the tables cannot tell what was sent
 */
export async function requireWhole(sql: Sql, schema: string | undefined): Promise<void> {
  const ledger = schema === undefined ? "outbox_ledger" : `${schema}.outbox_ledger`;
  const [there] = await sql.all(
    "SELECT to_regclass($1) IS NOT NULL AS ledger, to_regclass('outbox_intent') IS NOT NULL AS intents",
    ledger,
  );
  if (there?.["ledger"] === true) {
    const [row] = await sql.all(`SELECT one FROM ${ledger}`);
    if (row === undefined) throw new OutboxError(DAMAGED);
  } else if (there?.["intents"] === true) throw new OutboxError(DAMAGED);
}

import { existsSync } from "node:fs";
import { DatabaseSync } from "node:sqlite";
import type { Account } from "../../ledger/account.ts";
import { OutboxError } from "../../outbox-error.ts";
import { accountOf } from "../rules/ledger.ts";
import { Sql } from "./sql.ts";

/**
 * The account that a store belongs to. Creates nothing.
 * @throws OutboxError if there is no such store
 */
export function readAccount(store: string): Account {
  if (!existsSync(store))
    throw new OutboxError(`There is no store ${store}. To create one, use dots-outbox run.`);
  try {
    const database = new DatabaseSync(store, { readOnly: true, timeout: 2_000 });
    try {
      return accountOf(new Sql(database).get("SELECT base_url, options FROM outbox_ledger"));
    } finally {
      database.close();
    }
  } catch {
    throw new OutboxError(`${store} is not a store of dots-outbox.`);
  }
}

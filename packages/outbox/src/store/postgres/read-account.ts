import type { Account } from "../../ledger/account.ts";
import { OutboxError } from "../../outbox-error.ts";
import { accountOf } from "../rules/ledger.ts";
import { Database } from "./database.ts";
import { requireWhole } from "./tables/whole.ts";

/**
 * The account that a store belongs to. Creates nothing.
 * @throws OutboxError if there is no such store
 */
export async function readAccount(url: string): Promise<Account> {
  const database = await Database.open(url);
  try {
    const [ledger] = await database.ask(async (sql) => {
      await requireWhole(sql, undefined);
      const [there] = await sql.all("SELECT to_regclass('outbox_ledger') IS NOT NULL AS is_there");
      return there?.["is_there"] === true ? sql.all("SELECT base_url, options FROM outbox_ledger") : [];
    });
    if (ledger !== undefined) return accountOf(ledger);
    throw new OutboxError(
      `There is no store in ${database.place}, or its search_path does not include it. To create one, use dots-outbox run.`,
    );
  } finally {
    await database.close();
  }
}

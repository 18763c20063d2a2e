import type { Account } from "./ledger/account.ts";
import { isPostgres } from "./store/postgres/driver.ts";
import { PostgresStore } from "./store/postgres/postgres-store.ts";
import { SqliteStore } from "./store/sqlite/sqlite-store.ts";
import type { Store } from "./store/store.ts";

/** @throws OutboxError when the store cannot be opened, or belongs to another account. */
export async function openStore(location: string, account: Account, now: number): Promise<Store> {
  if (isPostgres(location)) return PostgresStore.open(location, account);
  return new SqliteStore(location, account, now);
}

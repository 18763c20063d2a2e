import type { Account } from "./ledger/account.ts";
import { isPostgres, placeOf } from "./store/postgres/driver.ts";
import { PostgresStore } from "./store/postgres/postgres-store.ts";
import { readAccount as readAccountInPostgres } from "./store/postgres/read-account.ts";
import { readAccount } from "./store/sqlite/read-account.ts";
import { SqliteStore } from "./store/sqlite/sqlite-store.ts";
import type { Store } from "./store/store.ts";

/** @throws OutboxError if the store cannot be opened, or belongs to another account. */
export async function openStore(location: string, account: Account, now: number): Promise<Store> {
  if (isPostgres(location)) return PostgresStore.open(location, account);
  return new SqliteStore(location, account, now);
}

/** The account that a store belongs to. @throws OutboxError if there is no such store */
export async function accountIn(location: string): Promise<Account> {
  return isPostgres(location) ? readAccountInPostgres(location) : readAccount(location);
}

/** A store as it may be shown: without a password. */
export function shown(location: string): string {
  return isPostgres(location) ? placeOf(location) : location;
}

import type { Account } from "./ledger/account.ts";
import type { Times } from "./ledger/times.ts";
import { OutboxError } from "./outbox-error.ts";
import { isPostgres, placeOf } from "./store/postgres/connection/driver.ts";
import { PostgresStore } from "./store/postgres/postgres-store.ts";
import { readAccount as readAccountInPostgres } from "./store/postgres/read-account.ts";
import { readAccount } from "./store/sqlite/read-account.ts";
import { SqliteStore } from "./store/sqlite/sqlite-store.ts";
import type { Store } from "./store/store.ts";

/** @throws OutboxError if the store cannot be opened, or belongs to another account. */
export async function openStore(
  location: string,
  account: Account,
  now: number,
  { adding }: Times,
): Promise<Store> {
  requireStore(location);
  if (isPostgres(location)) return PostgresStore.open(location, account, adding);
  return new SqliteStore(location, account, now);
}

/** The account that a store belongs to. @throws OutboxError if there is no such store */
export async function accountIn(location: string): Promise<Account> {
  requireStore(location);
  return isPostgres(location) ? readAccountInPostgres(location) : readAccount(location);
}

/** What looks like a database connection of an unsupported form. */
const MISTYPED = /^\s|^["']|^[a-z][\w+.:-]+:\/|\b(password|host|dbname|user)\s*=/i;

/**
 * A mistyped URL must not count as a file name. The error does not repeat it, because it may contain a password.
 * @throws OutboxError if it is one
 */
function requireStore(location: string): void {
  if (isPostgres(location) || !MISTYPED.test(location)) return;
  throw new OutboxError(
    "The store is a file name, or a URL that starts with postgres://, without spaces or quotes around it. The given value " +
      "looks like another kind of connection.",
  );
}

/** A store's name, safe to show: without a password. */
export function shown(location: string): string {
  return isPostgres(location) ? placeOf(location) : location;
}

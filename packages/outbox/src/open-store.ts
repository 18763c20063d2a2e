import type { Account } from "./ledger/account.ts";
import { OutboxError } from "./outbox-error.ts";
import { SqliteStore } from "./store/sqlite/sqlite-store.ts";
import type { Store } from "./store/store.ts";

/** @throws OutboxError when the store cannot be opened, or belongs to another account. */
export async function openStore(location: string, account: Account, now: number): Promise<Store> {
  if (/^postgres(ql)?:\/\//.test(location)) {
    throw new OutboxError("This version keeps its store in an SQLite file. Give --store a file name.");
  }
  return new SqliteStore(location, account, now);
}

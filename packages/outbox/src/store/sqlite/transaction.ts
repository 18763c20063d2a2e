import { OutboxError } from "../../outbox-error.ts";
import type { SqliteConnection } from "./sql.ts";

/** @throws OutboxError unless the connection is inside the caller's transaction */
export function requireTransaction(connection: SqliteConnection): void {
  if (connection.isTransaction ?? connection.inTransaction ?? canNotBegin(connection)) return;
  throw new OutboxError(
    "addWithin only adds inside a transaction of yours, and this connection has none open. Nothing was added. Run BEGIN " +
      "first. Without a transaction, use add.",
  );
}

/** SQLite can't start a transaction inside another one. */
function canNotBegin(connection: SqliteConnection): boolean {
  try {
    connection.prepare("BEGIN").run();
  } catch {
    return true;
  }
  connection.prepare("ROLLBACK").run();
  return false;
}

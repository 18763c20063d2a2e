import { OutboxError } from "../../outbox-error.ts";
import type { SqliteConnection } from "./sql.ts";

/** @throws OutboxError unless the connection is inside a transaction of the caller's. It is left as it was */
export function requireTransaction(connection: SqliteConnection): void {
  if (connection.isTransaction ?? connection.inTransaction ?? canNotBegin(connection)) return;
  throw new OutboxError(
    "addWithin adds inside a transaction of yours alone, and this connection has none open. Nothing was added. Run BEGIN " +
      "first. Without a transaction of yours, use add.",
  );
}

/** SQLite begins no transaction inside of another one. */
function canNotBegin(connection: SqliteConnection): boolean {
  try {
    connection.prepare("BEGIN").run();
  } catch {
    return true;
  }
  connection.prepare("ROLLBACK").run();
  return false;
}

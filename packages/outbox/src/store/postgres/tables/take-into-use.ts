import { MAY_MOVE } from "../../rules/states.ts";
import type { Sql } from "../connection/sql.ts";

/** Repairs tables after some of them, or all in place, were restored from a backup. */
export async function takeIntoUse(sql: Sql): Promise<void> {
  await sql.all(
    `UPDATE outbox_intent i SET claim = last.n
     FROM (SELECT intent, max(n) AS n FROM outbox_attempt GROUP BY intent) last
     WHERE last.intent = i.seq AND last.n > coalesce(i.claim, 0)`,
  );
  await sql.all(
    `UPDATE outbox_ledger SET reserved =
       (SELECT coalesce(sum(amount), 0) FROM outbox_intent i WHERE ${MAY_MOVE("i")})`,
  );
  // Its trigger records the transaction that wrote it.
  await sql.all(
    `UPDATE outbox_setting SET mark = (SELECT mark FROM outbox_ledger),
       last_attempt = coalesce((SELECT max(n) FROM outbox_attempt), 0)`,
  );
}

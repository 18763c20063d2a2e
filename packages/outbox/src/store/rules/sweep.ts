import type { Reading } from "../../ledger/age.ts";
import type { Move } from "../changes.ts";
import { optionalNumber, optionalText, type Row, text } from "../row.ts";
import { all, get, type Work } from "../work.ts";
import { isFreshRow } from "./freshness.ts";
import { move } from "./move.ts";
import { clientOf } from "./settings.ts";

/** Gives up what may not be sent again. */
export function* sweep(now: Reading, client: string, apart: number): Work<Move[]> {
  const settings = yield* get("SELECT client FROM outbox_setting");
  // Another client must not give up what the store's own client has in progress.
  if ((clientOf(settings) ?? client) !== client) return [];
  const moves: Move[] = [];
  const rows = yield* all(
    `SELECT i.*, a.client AS last_client FROM outbox_intent i JOIN outbox_attempt a ON a.n = i.claim
     WHERE i.state = 'sending' AND i.lease <= ?`,
    now.ledger,
  );
  for (const row of rows) {
    const reason = whyGivenUp(row, now, client, apart);
    if (reason !== undefined) moves.push(yield* move(row, "unresolved", now.ledger, { reason }));
  }
  return moves;
}

/** Why an open row is not sent again; `undefined` if it is. */
function whyGivenUp(row: Row, now: Reading, client: string, apart: number): string | undefined {
  if (optionalText(row, "key") === undefined) {
    return "The sender died before the answer arrived, and without a key it cannot be sent again";
  }
  if (text(row, "last_client") !== client) {
    return "It was sent with other credentials, so the same key may not protect it";
  }
  // Unknown without the API's clock. The next answer may change that.
  if (optionalNumber(row, "first_server") === undefined) {
    return "The API does not send its time, so the age of the key is unknown";
  }
  if (now.server === undefined || Math.abs(now.server - now.ledger) > apart) return undefined;
  return isFreshRow(row, now, apart) ? undefined : "Its key is too old to be sent again";
}

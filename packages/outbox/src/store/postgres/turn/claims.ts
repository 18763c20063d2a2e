import { ageOf, type Reading } from "../../../ledger/age.ts";
import { number, optionalNumber, optionalText, type Row, text } from "../../row.ts";
import { isFreshRow } from "../../rules/freshness.ts";
import { stateOf } from "../../rules/intents.ts";
import { limitsOf } from "../../rules/settings.ts";
import type { Limits } from "../../settings.ts";
import type { ClaimRequest, Ticket, TurnResult } from "../../turn.ts";
import type { Sql } from "../connection/sql.ts";

/** The claiming worker and its transaction. */
export interface Claimant {
  readonly worker: string;
  readonly turn: string;
}

interface Claims extends Pick<TurnResult, "tickets" | "moves" | "blocked"> {
  /** Why nothing may be sent before a person has looked. */
  readonly restored?: string;
}

/**
 * If a row has attempts that it does not know about, the row was restored from a backup, but the attempts were not.
 */
const COLUMNS = `i.seq, i.id, i.call, i.body, i.key, i."window", i.amount, i.state, i.tries, i.first_at, i.first_server,
  EXISTS (SELECT 1 FROM outbox_attempt later WHERE later.intent = i.seq AND later.n > coalesce(i.claim, 0)) AS is_behind`;

/**
 * Claims what may be sent next: open rows first, then in the order added. Skips rows that another transaction holds,
 * and checks the same conditions again when writing.
 * @param ledger its state under the lock of this transaction
 */
export async function claim(
  sql: Sql,
  ledger: Row,
  request: ClaimRequest,
  claimant: Claimant,
  now: Reading,
): Promise<Claims> {
  const mayRepeat = request.resend && ledger["has_open"] === true;
  const open = mayRepeat ? await openRows(sql, request, now) : [];
  const pending = await pendingRows(sql, request, now, request.limit - open.length);
  const { chosen, blocked } = withinLimits(pending, limitsOf(ledger), number(ledger, "reserved"));
  const rows = [...open, ...chosen];
  const behind = rows.find((row) => row["is_behind"] === true);
  if (behind !== undefined)
    return { tickets: [], moves: [], blocked: undefined, restored: whyBehind(behind) };
  if (rows.length === 0) return { tickets: [], moves: [], blocked };
  const attempts = await writeClaims(sql, rows, request, claimant, now);
  const tickets = rows.map((row) => ticketOf(row, attempts, now));
  const moves = chosen.map((row) => ({
    id: text(row, "id"),
    amount: number(row, "amount"),
    from: stateOf(row),
    to: "sending" as const,
  }));
  return { tickets, moves, blocked };
}

function whyBehind(row: Row): string {
  return `${text(row, "id")} was sent, but its row does not say so: the table was restored from a backup`;
}

/** Rows with a lost answer that may be sent again with the same key, as the same client. */
async function openRows(sql: Sql, { client, limit, apart }: ClaimRequest, now: Reading): Promise<Row[]> {
  const rows = await sql.all(
    `SELECT ${COLUMNS} FROM outbox_intent i JOIN outbox_attempt a ON a.n = i.claim
     WHERE i.state = 'sending' AND i.key IS NOT NULL AND i.lease <= $1 AND i.due <= $1 AND a.client = $2
     ORDER BY i.seq LIMIT $3 FOR UPDATE OF i SKIP LOCKED`,
    now.ledger,
    client,
    limit,
  );
  return rows.filter((row) => isFreshRow(row, now, apart));
}

/** Leaves out rows whose key is too old by this clock, so that they do not block others. */
async function pendingRows(sql: Sql, { apart }: ClaimRequest, now: Reading, limit: number): Promise<Row[]> {
  if (limit <= 0) return [];
  const rows = await sql.all(
    `SELECT ${COLUMNS} FROM outbox_intent i WHERE i.state = 'pending' AND i.due <= $1
       AND (i.first_at IS NULL OR i.key IS NULL OR i.first_at + i."window" > $1)
     ORDER BY i.seq LIMIT $2 FOR UPDATE SKIP LOCKED`,
    now.ledger,
    limit,
  );
  return rows.filter((row) => optionalText(row, "key") === undefined || isFreshRow(row, now, apart));
}

/** The rows up to the first one that would exceed a limit. */
function withinLimits(
  rows: readonly Row[],
  { maxTotal, maxAmount }: Limits,
  reserved: number,
): { readonly chosen: readonly Row[]; readonly blocked: TurnResult["blocked"] } {
  const chosen: Row[] = [];
  let left = (maxTotal ?? Number.POSITIVE_INFINITY) - reserved;
  for (const row of rows) {
    const [id, amount] = [text(row, "id"), number(row, "amount")];
    if (maxAmount !== undefined && amount > maxAmount)
      return { chosen, blocked: { by: "max-amount", id, limit: maxAmount } };
    if (maxTotal !== undefined && amount > left)
      return { chosen, blocked: { by: "max-total", id, limit: maxTotal } };
    left -= amount;
    chosen.push(row);
  }
  return { chosen, blocked: undefined };
}

/** Writes the attempts before their requests are sent. @returns their numbers by row */
async function writeClaims(
  sql: Sql,
  rows: readonly Row[],
  { client, budget, timeout, quiet }: ClaimRequest,
  { worker, turn }: Claimant,
  now: Reading,
): Promise<ReadonlyMap<string, number>> {
  const deadline = now.ledger + budget + timeout;
  const quietServer = now.server === undefined ? null : now.server + budget + timeout + quiet;
  const written = await sql.all(
    `WITH made AS (
       INSERT INTO outbox_attempt
         (intent, generation, key, "window", client, worker, turn, first_at, started, started_server, deadline)
       SELECT i.seq, i.generation, i.key, i."window", $2, $3, $4, coalesce(i.first_at, $5), $5, $6, $7
       FROM outbox_intent i WHERE i.seq = ANY ($1::bigint[])
       RETURNING n, intent),
     kept AS (
       UPDATE outbox_setting SET mark = mark + 1, last_attempt = (SELECT max(n) FROM made), written = txid_current())
     UPDATE outbox_intent i SET state = 'sending', reason = NULL, cause = NULL, who = NULL, claim = made.n, lease = $8,
       first_at = coalesce(i.first_at, $5),
       first_server = CASE WHEN i.first_at IS NULL THEN $6 ELSE i.first_server END,
       quiet_at = $8, quiet_server = $9, looked_at = NULL,
       tries = i.tries + 1, attempts = i.attempts + 1, changed_at = $5
     FROM made WHERE i.seq = made.intent
       AND (i.state = 'pending' OR (i.state = 'sending' AND i.key IS NOT NULL AND i.lease <= $5))
     RETURNING i.seq, made.n`,
    rows.map((row) => text(row, "seq")),
    client,
    worker,
    turn,
    now.ledger,
    now.server ?? null,
    deadline,
    deadline + quiet,
    quietServer,
  );
  // An attempt without its row would never be sent or closed. With the ledger locked, this can't happen.
  if (written.length !== rows.length) throw new Error("a row was taken by somebody else in the meantime");
  return new Map(written.map((row) => [text(row, "seq"), number(row, "n")]));
}

function ticketOf(row: Row, attempts: ReadonlyMap<string, number>, now: Reading): Ticket {
  const firstAt = optionalNumber(row, "first_at");
  const first =
    firstAt === undefined ? now : { ledger: firstAt, server: optionalNumber(row, "first_server") };
  return {
    attempt: attempts.get(text(row, "seq")) ?? 0,
    id: text(row, "id"),
    call: text(row, "call"),
    body: text(row, "body"),
    key: optionalText(row, "key"),
    amount: number(row, "amount"),
    tries: number(row, "tries") + 1,
    age: ageOf(first, now),
  };
}

/** How soon to check again what another worker has in progress, in milliseconds. */
const LOOK_AGAIN = 1_000;

/**
 * Milliseconds until a waiting row may be sent. Rows that are due but not sent wait for something other than time. What
 * another worker has in progress may return at any moment, until its deadline.
 */
export async function nextIn(
  sql: Sql,
  { resend, quiet }: ClaimRequest,
  now: number,
): Promise<number | undefined> {
  const [row] = await sql.all(
    `SELECT (SELECT min(due) FROM outbox_intent WHERE state = 'pending' AND due > 0 AND due > $1) AS pending,
       (SELECT min(greatest(due, lease)) FROM outbox_intent
        WHERE state = 'sending' AND key IS NOT NULL AND greatest(due, lease) > $1) AS open,
       EXISTS (SELECT 1 FROM outbox_intent WHERE state = 'sending' AND lease - $2 > $1) AS elsewhere`,
    now,
    quiet,
  );
  const times = [optionalNumber(row, "pending"), resend ? optionalNumber(row, "open") : undefined]
    .filter((due) => due !== undefined)
    .map((due) => due - now);
  if (row?.["elsewhere"] === true) times.push(LOOK_AGAIN);
  return times.length === 0 ? undefined : Math.min(...times);
}

import { ageOf, type Reading } from "../../ledger/age.ts";
import type { Move } from "../changes.ts";
import { number, optionalNumber, optionalText, type Row, text } from "../row.ts";
import { isFreshRow } from "../rules/freshness.ts";
import { stateOf } from "../rules/intents.ts";
import type { Limits } from "../settings.ts";
import type { ClaimRequest, Ticket, TurnResult } from "../turn.ts";
import type { Sql } from "./sql.ts";

/** The claimed rows. `nextDue`: when the next row may be sent, on the ledger's clock. */
interface Claims extends Pick<TurnResult, "tickets" | "moves" | "blocked" | "needsTime"> {
  readonly nextDue: number | undefined;
}

/** Claims what may be sent next: open rows first, then in the order added. */
export function claim(
  sql: Sql,
  request: ClaimRequest,
  { maxTotal, maxAmount }: Limits,
  now: Reading,
): Claims {
  const ledger = sql.get("SELECT reserved, not_before FROM outbox_ledger");
  const notBefore = number(ledger, "not_before");
  const needsTime = !request.resend && hasOpenRows(sql, now.ledger);
  if (now.ledger < notBefore) {
    return { tickets: [], moves: [], blocked: undefined, needsTime, nextDue: notBefore };
  }
  const tickets: Ticket[] = [];
  const moves: Move[] = [];
  const take = (row: Row): void => {
    const attempt = writeClaim(sql, row, request, now);
    if (attempt === undefined) return;
    tickets.push(attempt);
    if (stateOf(row) === "sending") return;
    moves.push({ id: attempt.id, amount: attempt.amount, from: stateOf(row), to: "sending" });
  };
  if (request.resend) {
    for (const row of openRows(sql, request, now)) take(row);
  }
  const fresh = pendingRows(sql, request, now, request.limit - tickets.length);
  let left = (maxTotal ?? Number.POSITIVE_INFINITY) - number(ledger, "reserved");
  let blocked: TurnResult["blocked"];
  for (const row of fresh) {
    const amount = number(row, "amount");
    const id = text(row, "id");
    if (maxAmount !== undefined && amount > maxAmount) blocked = { by: "max-amount", id, limit: maxAmount };
    else if (maxTotal !== undefined && amount > left) blocked = { by: "max-total", id, limit: maxTotal };
    if (blocked !== undefined) break;
    left -= amount;
    take(row);
  }
  const nextDue =
    tickets.length > 0 || blocked !== undefined ? undefined : earliest(sql, request, now.ledger);
  return { tickets, moves, blocked, needsTime, nextDue };
}

/** Rows with a lost answer that may be sent again with the same key. */
function openRows(sql: Sql, request: ClaimRequest, now: Reading): Row[] {
  return sql
    .all(
      `SELECT * FROM outbox_intent WHERE state = 'sending' AND key IS NOT NULL AND lease <= ? AND due <= ?
       ORDER BY seq LIMIT ?`,
      now.ledger,
      now.ledger,
      request.limit,
    )
    .filter((row) => mayRepeat(sql, row, request, now));
}

function mayRepeat(sql: Sql, row: Row, { client, apart }: ClaimRequest, now: Reading): boolean {
  const last = sql.get("SELECT client FROM outbox_attempt WHERE n = ?", number(row, "claim"));
  return text(last, "client") === client && isFreshRow(row, now, apart);
}

/** Whether rows wait to be sent again. */
function hasOpenRows(sql: Sql, now: number): boolean {
  return (
    sql.get(
      "SELECT 1 FROM outbox_intent WHERE state = 'sending' AND key IS NOT NULL AND lease <= ? LIMIT 1",
      now,
    ) !== undefined
  );
}

function pendingRows(sql: Sql, request: ClaimRequest, now: Reading, limit: number): Row[] {
  if (limit <= 0) return [];
  return sql
    .all(
      `SELECT * FROM outbox_intent WHERE state = 'pending' AND due <= ? ORDER BY seq LIMIT ?`,
      now.ledger,
      limit,
    )
    .filter((row) => optionalText(row, "key") === undefined || isFreshRow(row, now, request.apart));
}

/**
 * Writes the attempt before its request is sent. A conditional update: skips what another sender has taken in the
 * meantime.
 */
function writeClaim(sql: Sql, row: Row, request: ClaimRequest, now: Reading): Ticket | undefined {
  const seq = number(row, "seq");
  const key = optionalText(row, "key");
  const firstAt = optionalNumber(row, "first_at") ?? now.ledger;
  const isFirst = optionalNumber(row, "first_at") === undefined;
  const firstServer = isFirst ? now.server : optionalNumber(row, "first_server");
  const deadline = now.ledger + request.budget + request.timeout;
  const inserted = sql.get(
    `INSERT INTO outbox_attempt
       (intent, generation, key, window, client, first_at, started, started_server, deadline)
     VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?) RETURNING n`,
    seq,
    number(row, "generation"),
    key ?? null,
    optionalNumber(row, "window") ?? null,
    request.client,
    firstAt,
    now.ledger,
    now.server ?? null,
    deadline,
  );
  const attempt = number(inserted, "n");
  const changed = sql.run(
    `UPDATE outbox_intent SET state = 'sending', reason = NULL, cause = NULL, who = NULL, claim = ?, lease = ?,
       first_at = ?, first_server = ?, quiet_at = ?, quiet_server = ?, looked_at = NULL,
       tries = tries + 1, attempts = attempts + 1, changed_at = ?
     WHERE seq = ? AND (state = 'pending' OR (state = 'sending' AND key IS NOT NULL AND lease <= ?))`,
    attempt,
    deadline + request.quiet,
    firstAt,
    firstServer ?? null,
    deadline + request.quiet,
    now.server === undefined ? null : now.server + request.budget + request.timeout + request.quiet,
    now.ledger,
    seq,
    now.ledger,
  );
  if (changed !== 1) {
    sql.run(
      "UPDATE outbox_attempt SET closed = 'void', answer = 'another sender was faster' WHERE n = ?",
      attempt,
    );
    return undefined;
  }
  return {
    attempt,
    id: text(row, "id"),
    call: text(row, "call"),
    body: text(row, "body"),
    key,
    amount: number(row, "amount"),
    tries: number(row, "tries") + 1,
    age: ageOf({ ledger: firstAt, server: firstServer }, now),
  };
}

/** When the next waiting row may be sent. Rows that are due but not sent wait for something other than time. */
function earliest(sql: Sql, { resend }: ClaimRequest, now: number): number | undefined {
  const pending = sql.get(
    "SELECT min(due) AS due FROM outbox_intent WHERE state = 'pending' AND due > ?",
    now,
  );
  const open = resend
    ? sql.get(
        `SELECT min(max(due, lease)) AS due FROM outbox_intent
         WHERE state = 'sending' AND key IS NOT NULL AND max(due, lease) > ?`,
        now,
      )
    : undefined;
  const times = [optionalNumber(pending, "due"), optionalNumber(open, "due")].filter(
    (due) => due !== undefined,
  );
  return times.length === 0 ? undefined : Math.min(...times);
}

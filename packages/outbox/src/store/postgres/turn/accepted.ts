import type { Reading } from "../../../ledger/age.ts";
import type { Move } from "../../changes.ts";
import { number, type Row, text } from "../../row.ts";
import { SAME_TIME } from "../../rules/objects.ts";
import type { Answer } from "../../turn.ts";
import type { Sql } from "../connection/sql.ts";

type Accepted = Extract<Answer, { kind: "accepted" }>;

/**
 * Stores all regular answers at once: the first object of a row that is being sent. It does the same as `recordAnswer`,
 * which handles all irregular answers.
 * @param turns the transactions that made the attempts
 * @returns the attempts that were closed, and the moves
 */
export async function recordPlain(
  sql: Sql,
  answers: readonly Answer[],
  turns: ReadonlyMap<number, string>,
  now: Reading,
): Promise<{ readonly closed: ReadonlySet<number>; readonly moves: readonly Move[] }> {
  const accepted = answers.filter(
    (answer): answer is Accepted => answer.kind === "accepted" && answer.alarm === undefined,
  );
  if (accepted.length === 0) return { closed: new Set(), moves: [] };
  const rows = await sql.all(
    `WITH answer AS (
       SELECT *, count(*) OVER (PARTITION BY object) AS same
       FROM unnest($1::bigint[], $2::text[], $3::text[], $4::text[], $5::text[], $6::bigint[], $7::text[])
         AS t (attempt, turn, object, kind, fate, created, reason)),
     plain AS (
       SELECT t.*, i.seq, i.id, i.amount, i.generation, count(*) OVER (PARTITION BY i.seq) AS of_row
       FROM answer t JOIN outbox_attempt a ON a.n = t.attempt AND a.turn = t.turn AND a.closed IS NULL
       JOIN outbox_intent i ON i.seq = a.intent
       WHERE t.same = 1 AND i.state = 'sending' AND i.object IS NULL AND i.fate IS NULL
         AND (t.created IS NULL OR i.first_server IS NULL OR t.created >= i.first_server - ${SAME_TIME})
         AND NOT EXISTS (SELECT 1 FROM outbox_object o WHERE o.id = t.object)
         AND NOT EXISTS (SELECT 1 FROM outbox_object o WHERE o.intent = i.seq)),
     single AS (SELECT * FROM plain WHERE of_row = 1),
     closed AS (
       UPDATE outbox_attempt a SET closed = CASE WHEN a.n = s.attempt THEN 'accepted' ELSE 'superseded' END,
         answer = CASE WHEN a.n = s.attempt THEN s.reason ELSE a.answer END
       FROM single s WHERE a.intent = s.seq AND a.closed IS NULL),
     seen AS (
       INSERT INTO outbox_object (id, kind, intent, fate, seen_at)
       SELECT object, kind, seq, fate, $8 FROM single),
     noted AS (
       INSERT INTO outbox_history (intent, at, generation, event, detail)
       SELECT seq, $8, generation, 'fate', fate FROM single WHERE fate IS NOT NULL)
     UPDATE outbox_intent i SET state = 'accepted', reason = s.reason, cause = NULL, who = NULL, object = s.object,
       fate = s.fate, changed_at = $8
     FROM single s WHERE i.seq = s.seq RETURNING s.attempt, i.id, i.amount`,
    accepted.map(({ attempt }) => attempt),
    accepted.map(({ attempt }) => turns.get(attempt) ?? ""),
    accepted.map(({ object }) => object.id),
    accepted.map(({ object }) => object.kind),
    accepted.map(({ object }) => object.fate ?? null),
    accepted.map(({ object }) => whole(object.created)),
    accepted.map(({ reason }) => reason),
    now.ledger,
  );
  return { closed: new Set(rows.map((row) => number(row, "attempt"))), moves: rows.map(moveOf) };
}

function whole(time: number | undefined): number | null {
  return time === undefined ? null : Math.trunc(time);
}

function moveOf(row: Row): Move {
  return { id: text(row, "id"), amount: number(row, "amount"), from: "sending", to: "accepted" };
}

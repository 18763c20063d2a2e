import type { Reading } from "../../../ledger/age.ts";
import type { Move } from "../../changes.ts";
import { number, optionalNumber, optionalText, type Row, text } from "../../row.ts";
import { keepAnswer } from "../../rules/answers.ts";
import { whyWaiting } from "../../rules/ledger.ts";
import { clientOf, limitsOf, pin } from "../../rules/settings.ts";
import type { Answer, Turn, TurnResult } from "../../turn.ts";
import type { Sql } from "../connection/sql.ts";
import { recordPlain } from "./accepted.ts";
import { type Claimant, claim, nextIn } from "./claims.ts";
import { allowed, pass, type SharedPace, slowDown, take } from "./shared-pace.ts";

/** The result of a transaction, and the progress of the ledger. */
type Taken = Pick<
  TurnResult,
  "tickets" | "moves" | "blocked" | "nextIn" | "needsTime" | "held" | "waits" | "otherClient"
> & {
  readonly mark: number;
  /** Why nothing may be sent before a person has looked. */
  readonly restored: string | undefined;
};

/** Given back, because its worker knows that it was not sent. */
const NEVER_SENT = "Its claim was not confirmed, so it was not sent";

/**
 * Stores answers, and claims what may be sent next, under the lock of the ledger.
 * @param turns the transactions that made the attempts of this process
 * @param doubtful transactions of this process that may be committed, but from which nothing was sent
 */
export async function takeTurn(
  sql: Sql,
  ledger: Row,
  { answers, claim: request, wait, hold }: Turn,
  claimant: Claimant,
  turns: ReadonlyMap<number, string>,
  doubtful: readonly string[],
  now: Reading,
): Promise<Taken> {
  const moves = [...(await giveBack(sql, doubtful, now)), ...(await recordAnswers(sql, answers, turns, now))];
  let pace = pass(paceOf(ledger), now.ledger);
  let notBefore = number(ledger, "not_before");
  if (wait !== undefined) {
    // Requests that were in progress together are refused together, and count once.
    if (now.ledger >= notBefore) pace = slowDown(pace, now.ledger);
    notBefore = Math.max(notBefore, Math.trunc(now.ledger + wait));
  }
  const held = optionalText(ledger, "held") ?? hold;
  if (held !== undefined) await sql.all("UPDATE outbox_ledger SET held = coalesce(held, $1)", held);
  const mark = number(ledger, "mark");
  const waits = whyWaiting({ ...ledger, not_before: notBefore }, number(ledger, "clock"));
  // The ledger's time stands still until the clock has caught up with it.
  const behind = now.ledger - number(ledger, "clock");
  const nothing = {
    tickets: [],
    moves,
    blocked: undefined,
    nextIn: undefined,
    needsTime: false,
    held,
    waits,
    mark,
    restored: undefined,
  };
  if (request === undefined || request.limit <= 0 || held !== undefined) {
    await keepLedger(sql, pace, notBefore, now, 0);
    return nothing;
  }
  const client = clientOf(ledger);
  if (client !== undefined && client !== request.client) {
    await keepLedger(sql, pace, notBefore, now, 0);
    return { ...nothing, otherClient: client };
  }
  const needsTime = !request.resend && ledger["has_open"] === true;
  const { perSecond, maxTotal } = limitsOf(ledger);
  const free = allowed(pace, perSecond, now.ledger);
  const waitFor = Math.max(notBefore - now.ledger, free.nextIn);
  if (waitFor > 0) {
    await keepLedger(sql, pace, notBefore, now, 0);
    return { ...nothing, nextIn: waitFor + behind, needsTime };
  }
  const limit = Math.min(request.limit, free.count);
  // The answers of this transaction may have changed what is reserved, which only matters for a limit.
  const isChanged = moves.length > 0 && maxTotal !== undefined;
  const current = isChanged ? { ...ledger, ...(await readReserved(sql)) } : ledger;
  const claims = await claim(sql, current, { ...request, limit }, claimant, now);
  const { tickets, moves: taken, blocked, restored } = claims;
  if (restored !== undefined)
    await sql.all("UPDATE outbox_ledger SET stopped = coalesce(stopped, $1)", restored);
  if (tickets.length > 0 && client === undefined) await sql.perform(pin(request.client, request.who, now));
  const paced = take(pace, perSecond, tickets.length, now.ledger);
  await keepLedger(sql, paced, notBefore, now, tickets.length);
  const isIdle = tickets.length === 0 && blocked === undefined;
  const next = isIdle ? await nextIn(sql, request, now.ledger) : undefined;
  return {
    tickets,
    moves: [...moves, ...taken],
    blocked,
    nextIn: next === undefined ? undefined : next + behind,
    needsTime,
    held: undefined,
    waits,
    mark: tickets.length > 0 ? mark + 1 : mark,
    restored,
  };
}

async function recordAnswers(
  sql: Sql,
  answers: readonly Answer[],
  turns: ReadonlyMap<number, string>,
  now: Reading,
): Promise<Move[]> {
  const { closed, moves } = await recordPlain(sql, answers, turns, now);
  const all = [...moves];
  for (const answer of answers) {
    if (closed.has(answer.attempt)) continue;
    const [attempt] = await sql.all("SELECT turn FROM outbox_attempt WHERE n = $1", answer.attempt);
    if (attempt === undefined || text(attempt, "turn") !== turns.get(answer.attempt)) {
      // In a database that went back in time, its number may now belong to another attempt.
      await sql.all(
        "UPDATE outbox_ledger SET stopped = coalesce(stopped, $1)",
        "The database has lost what was sent: it was restored from a backup",
      );
      continue;
    }
    all.push(...(await sql.perform(keepAnswer(answer, now))));
  }
  return all;
}

/** Gives back what this process claimed without knowing. */
async function giveBack(sql: Sql, doubtful: readonly string[], now: Reading): Promise<Move[]> {
  if (doubtful.length === 0) return [];
  const attempts = await sql.all(
    "SELECT n FROM outbox_attempt WHERE turn = ANY ($1::text[]) AND closed IS NULL",
    doubtful,
  );
  const moves: Move[] = [];
  for (const row of attempts) {
    const answer = { attempt: number(row, "n"), kind: "void", after: 0, reason: NEVER_SENT } as const;
    moves.push(...(await sql.perform(keepAnswer(answer, now))));
  }
  return moves;
}

async function readReserved(sql: Sql): Promise<Row> {
  const [row] = await sql.all("SELECT reserved FROM outbox_ledger");
  return row ?? {};
}

function paceOf(ledger: Row): SharedPace {
  return {
    paidUntil: number(ledger, "paced_until"),
    slowed: optionalNumber(ledger, "pace"),
    slowedAt: number(ledger, "pace_at"),
    second: number(ledger, "second"),
    inSecond: number(ledger, "in_second"),
    inLastSecond: number(ledger, "in_last_second"),
  };
}

async function keepLedger(
  sql: Sql,
  pace: SharedPace,
  notBefore: number,
  now: Reading,
  taken: number,
): Promise<void> {
  await sql.all(
    `UPDATE outbox_ledger SET highest = greatest(highest, $1), not_before = $2, paced_until = $3, pace = $4,
       pace_at = $5, second = $6, in_second = $7, in_last_second = $8,
       has_sent = greatest(has_sent, $9), mark = mark + $9,
       known_until = CASE WHEN $9 = 1 THEN greatest(known_until, $1) ELSE known_until END`,
    now.ledger,
    notBefore,
    pace.paidUntil,
    pace.slowed ?? null,
    pace.slowedAt,
    pace.second,
    pace.inSecond,
    pace.inLastSecond,
    taken > 0 ? 1 : 0,
  );
}

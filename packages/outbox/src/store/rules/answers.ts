import type { Reading } from "../../ledger/age.ts";
import type { State } from "../../ledger/intent.ts";
import { number, optionalNumber, optionalText, type Row, text } from "../row.ts";
import type { Answer, Move, SeenObject } from "../store.ts";
import { all, get, run, type Work } from "../work.ts";
import { note, stateOf } from "./intents.ts";

/** What to write with the new state of an intent. */
interface Change {
  readonly reason: string;
  readonly cause?: string | undefined;
  readonly due?: number | undefined;
  readonly who?: string | undefined;
  /** Whether anybody may repeat its attempt from now on. */
  readonly endLease?: boolean;
}

/** Moves an intent to a state. The tables write the history line. */
export function* move(row: Row, to: State, now: number, change: Change): Work<Move> {
  yield* run(
    `UPDATE outbox_intent SET state = ?, reason = ?, cause = ?, who = ?, due = ?, lease = ?, changed_at = ? WHERE seq = ?`,
    to,
    change.reason,
    change.cause ?? null,
    change.who ?? null,
    Math.ceil(change.due ?? number(row, "due")),
    change.endLease === true ? now : number(row, "lease"),
    now,
    number(row, "seq"),
  );
  return { id: text(row, "id"), amount: number(row, "amount"), from: stateOf(row), to };
}

/** Stores the result of an attempt. */
export function* recordAnswer(answer: Answer, now: Reading): Work<Move | undefined> {
  const attempt = yield* get("SELECT * FROM outbox_attempt WHERE n = ?", answer.attempt);
  const row = yield* get("SELECT * FROM outbox_intent WHERE seq = ?", number(attempt, "intent"));
  if (attempt === undefined || row === undefined) throw new Error(`there is no attempt ${answer.attempt}`);
  if (answer.kind === "accepted") {
    yield* close(answer, "accepted");
    yield* warnOfOthers(row, answer.object, now.ledger);
    return yield* seeObject(row, answer.object, now, answer.reason);
  }
  // An answer to an old key says nothing about the new one. A late answer does not change a final state.
  const state = stateOf(row);
  const isCurrent =
    number(attempt, "generation") === number(row, "generation") &&
    (state === "sending" || state === "unresolved");
  const isLast = number(row, "claim") === answer.attempt;
  switch (answer.kind) {
    case "void": {
      yield* close(answer, "void");
      if (!isCurrent || state !== "sending" || !isLast) return undefined;
      const to = (yield* openAttempts(row)) > 0 ? "sending" : "pending";
      return yield* move(row, to, now.ledger, {
        reason: answer.reason,
        due: now.ledger + answer.after,
        endLease: true,
      });
    }
    case "refused": {
      yield* close(answer, "refused");
      if (!isCurrent) return undefined;
      if ((yield* openAttempts(row)) > 0 || number(row, "restored") === 1) {
        const reason = `${answer.reason}. An earlier request may still have been carried out`;
        return isLast ? yield* move(row, "unresolved", now.ledger, { reason }) : undefined;
      }
      return yield* move(row, "refused", now.ledger, { reason: answer.reason, cause: answer.cause });
    }
    case "open": {
      yield* run(
        "UPDATE outbox_attempt SET answer = ?, client = coalesce(?, client) WHERE n = ?",
        answer.reason,
        answer.client ?? null,
        answer.attempt,
      );
      if (!isCurrent || state !== "sending" || !isLast) return undefined;
      // Without a key, nobody can ask again.
      const to = optionalText(attempt, "key") === undefined ? "unresolved" : "sending";
      return yield* move(row, to, now.ledger, {
        reason: answer.reason,
        due: now.ledger + answer.after,
        endLease: true,
      });
    }
  }
}

/** How far the clocks behind one API may differ, in milliseconds. */
export const SAME_TIME = 60_000;

/**
 * An object created before this ledger first sent its key was created for another ledger, with the same ID and content.
 */
function* warnOfOthers(row: Row, { id, created }: SeenObject, now: number): Work<void> {
  const first = optionalNumber(row, "first_server");
  if (created === undefined || first === undefined || created >= first - SAME_TIME) return;
  if ((yield* get("SELECT 1 FROM outbox_object WHERE id = ?", id)) !== undefined) return;
  yield* raiseAlarm(row, now, notOurs(id));
}

/** Tells a person that of two stores with the same ID, one has paid, and nothing was sent for the other. */
export function notOurs(id: string): string {
  return `The API had created ${id} for it before this store sent anything. Another store has the same ID, or this one was lost. It was paid once`;
}

/**
 * Records that an object of an intent exists. Always accepted: an object that was seen exists, whatever the state was.
 */
export function* seeObject(
  row: Row,
  object: SeenObject,
  now: Reading,
  reason: string,
): Work<Move | undefined> {
  const seq = number(row, "seq");
  const known = yield* get("SELECT * FROM outbox_object WHERE id = ?", object.id);
  if (known !== undefined && number(known, "intent") !== seq) {
    yield* raiseAlarm(row, now.ledger, `the API returned ${object.id} for it, which belongs to another row`);
    if (stateOf(row) !== "sending") return undefined;
    return yield* move(row, "unresolved", now.ledger, {
      reason: `The API answered with ${object.id}, which belongs to another row`,
    });
  }
  if (known === undefined) {
    yield* run(
      "INSERT INTO outbox_object (id, kind, intent, fate, seen_at) VALUES (?, ?, ?, ?, ?)",
      object.id,
      object.kind,
      seq,
      object.fate ?? null,
      now.ledger,
    );
    const others = yield* all("SELECT id FROM outbox_object WHERE intent = ? AND id <> ?", seq, object.id);
    if (others.length > 0) {
      const ids = [...others.map((other) => text(other, "id")), object.id].join(" and ");
      yield* raiseAlarm(row, now.ledger, `PAID MORE THAN ONCE: ${ids}`);
    }
  } else if (object.fate !== undefined) {
    yield* run(
      "UPDATE outbox_object SET fate = ?, seen_at = ? WHERE id = ?",
      object.fate,
      now.ledger,
      object.id,
    );
  }
  yield* run("UPDATE outbox_attempt SET closed = 'superseded' WHERE intent = ? AND closed IS NULL", seq);
  const main = optionalText(row, "object") ?? object.id;
  if (main === object.id) {
    if (optionalText(row, "fate") !== object.fate && object.fate !== undefined) {
      yield* note(row, now.ledger, "fate", object.fate);
    }
    yield* run(
      "UPDATE outbox_intent SET object = ?, fate = coalesce(?, fate), changed_at = ? WHERE seq = ?",
      object.id,
      object.fate ?? null,
      now.ledger,
      seq,
    );
  }
  if (stateOf(row) === "accepted") return undefined;
  return yield* move(row, "accepted", now.ledger, { reason });
}

/** The event by which the history knows that a person has looked at an alarm. */
export const ACKNOWLEDGED = "acknowledged";

/** Marks an intent for a person to look at. Earlier marks stay. */
export function* raiseAlarm(row: Row, now: number, alarm: string): Work<void> {
  const fresh = yield* get("SELECT alarm FROM outbox_intent WHERE seq = ?", number(row, "seq"));
  const before = optionalText(fresh, "alarm");
  if (before?.includes(alarm) === true) return;
  const acknowledged = yield* all(
    "SELECT detail FROM outbox_history WHERE intent = ? AND event = ?",
    number(row, "seq"),
    ACKNOWLEDGED,
  );
  if (acknowledged.some((entry) => optionalText(entry, "detail")?.includes(alarm) === true)) return;
  yield* note(row, now, "alarm", alarm);
  yield* run(
    "UPDATE outbox_intent SET alarm = ?, changed_at = ? WHERE seq = ?",
    before === undefined ? alarm : `${alarm}; ${before}`,
    now,
    number(row, "seq"),
  );
}

function* close(answer: Answer, closed: string): Work<void> {
  yield* run(
    "UPDATE outbox_attempt SET closed = ?, answer = ? WHERE n = ?",
    closed,
    answer.reason,
    answer.attempt,
  );
}

/** Attempts with the current key that may still be carried out, or may have been. */
function* openAttempts(row: Row): Work<number> {
  const open = yield* get(
    "SELECT count(*) AS open FROM outbox_attempt WHERE intent = ? AND generation = ? AND closed IS NULL",
    number(row, "seq"),
    number(row, "generation"),
  );
  return optionalNumber(open, "open") ?? 0;
}

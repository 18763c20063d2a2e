import type { Reading } from "../../ledger/age.ts";
import type { State } from "../../ledger/intent.ts";
import type { Move } from "../changes.ts";
import type { SeenObject } from "../objects.ts";
import { number, optionalNumber, optionalText, type Row, text } from "../row.ts";
import type { Answer } from "../turn.ts";
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
    if (answer.alarm !== undefined) yield* raiseAlarm(row, now.ledger, answer.alarm);
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
      if (answer.odd !== undefined) yield* note(row, now.ledger, "answer", answer.reason);
      if (!isCurrent || state !== "sending" || !isLast) return undefined;
      // Without a key, nobody can ask again. An answer that does not fit may be another one the next time.
      const isLost = optionalText(attempt, "key") === undefined || (yield* wasOddBefore(row, answer));
      if (isLost && answer.odd !== undefined) yield* raiseAlarm(row, now.ledger, answer.reason);
      const to = isLost ? "unresolved" : "sending";
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
    const other = yield* get("SELECT * FROM outbox_intent WHERE seq = ?", number(known, "intent"));
    if (other !== undefined && object.isOurs !== true) return yield* doubtBoth(row, other, object, now);
    if (other !== undefined) yield* takeFrom(other, row, object, now);
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
  if (yield* isMain(row, object)) {
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

/** Two rows were given one object, and it does not say whose it is. */
function* doubtBoth(row: Row, other: Row, object: SeenObject, now: Reading): Work<Move | undefined> {
  const [id, otherId] = [text(row, "id"), text(other, "id")];
  yield* raiseAlarm(other, now.ledger, `The API gave ${object.id} to ${id} as well`);
  const reason = `The API gave it ${object.id}, which ${otherId} was given before`;
  yield* raiseAlarm(row, now.ledger, reason);
  return stateOf(row) === "sending" ? yield* move(row, "unresolved", now.ledger, { reason }) : undefined;
}

/** An object was taken for that of another row. What was called paid stays so in the tables, and a person is told. */
function* takeFrom(other: Row, row: Row, { id: object }: SeenObject, now: Reading): Work<void> {
  const seq = number(other, "seq");
  yield* run("UPDATE outbox_object SET intent = ? WHERE id = ?", number(row, "seq"), object);
  const own = yield* get("SELECT id, fate FROM outbox_object WHERE intent = ? ORDER BY seen_at LIMIT 1", seq);
  if (optionalText(other, "object") === object) {
    yield* run(
      "UPDATE outbox_intent SET object = ?, fate = ?, changed_at = ? WHERE seq = ?",
      optionalText(own, "id") ?? object,
      optionalText(own, "fate") ?? null,
      now.ledger,
      seq,
    );
  }
  const [id, otherId] = [text(row, "id"), text(other, "id")];
  yield* raiseAlarm(row, now.ledger, `${object} was taken for that of ${otherId} before`);
  yield* raiseAlarm(
    other,
    now.ledger,
    own === undefined
      ? `${object} is of ${id}, so nobody knows whether this row was paid. If it was not, add it again under a new ID`
      : `${object} is of ${id}, and not of this row`,
  );
}

/** Whether an object is the one that a row is shown with: its first, unless that was found to be another row's. */
function* isMain(row: Row, { id }: SeenObject): Work<boolean> {
  const main = optionalText(row, "object");
  if (main === undefined || main === id) return true;
  const owner = yield* get("SELECT intent FROM outbox_object WHERE id = ?", main);
  return owner !== undefined && number(owner, "intent") !== number(row, "seq");
}

/** The history event of a person having looked at an alarm. */
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

/** Whether an earlier request with the current key was answered with the same wrong object. */
function* wasOddBefore(row: Row, answer: Answer): Work<boolean> {
  if (answer.kind !== "open" || answer.odd === undefined) return false;
  const before = yield* get(
    "SELECT 1 FROM outbox_attempt WHERE intent = ? AND generation = ? AND n <> ? AND answer = ?",
    number(row, "seq"),
    number(row, "generation"),
    answer.attempt,
    answer.reason,
  );
  return before !== undefined;
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

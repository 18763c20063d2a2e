import type { Reading } from "../../ledger/age.ts";
import type { Move } from "../changes.ts";
import type { SeenObject } from "../objects.ts";
import { number, optionalNumber, optionalText, type Row, text } from "../row.ts";
import { all, get, run, type Work } from "../work.ts";
import { raiseAlarm } from "./alarms.ts";
import { note, stateOf } from "./intents.ts";
import { move } from "./move.ts";

/** How far the clocks behind one API may differ, in milliseconds. */
export const SAME_TIME = 60_000;

/**
 * An object created before this ledger first sent its key was created for another ledger, with the same ID and content.
 */
export function* warnOfOthers(row: Row, { id, created }: SeenObject, now: number): Work<void> {
  const first = optionalNumber(row, "first_server");
  if (created === undefined || first === undefined || created >= first - SAME_TIME) return;
  if ((yield* get("SELECT 1 FROM outbox_object WHERE id = ?", id)) !== undefined) return;
  yield* raiseAlarm(row, now, notOurs(id));
}

/** Alerts a person that two stores have the same ID, and only one of them has paid. */
export function notOurs(id: string): string {
  return `The API created ${id} for it before this store sent anything. Another store has the same ID, or this one was lost. It was paid once`;
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

/** Two rows got the same object, and it does not show which row it belongs to. */
function* doubtBoth(row: Row, other: Row, object: SeenObject, now: Reading): Work<Move | undefined> {
  const [id, otherId] = [text(row, "id"), text(other, "id")];
  yield* raiseAlarm(other, now.ledger, `The API also returned ${object.id} for ${id}`);
  const reason = `The API returned ${object.id} for it, as it had before for ${otherId}`;
  yield* raiseAlarm(row, now.ledger, reason);
  return stateOf(row) === "sending" ? yield* move(row, "unresolved", now.ledger, { reason }) : undefined;
}

/**
 * An object was assigned to the wrong row. A row that was called paid stays so in the tables, and a person is
 * alerted.
 */
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
  yield* raiseAlarm(row, now.ledger, `${object} was first assigned to ${otherId}`);
  yield* raiseAlarm(
    other,
    now.ledger,
    own === undefined
      ? `${object} belongs to ${id}, so it is unknown whether this row was paid. If it was not, add it again under a new ID`
      : `${object} belongs to ${id}, not to this row`,
  );
}

/** Whether an object is the one that a row shows: its first, unless that turned out to be another row's. */
function* isMain(row: Row, { id }: SeenObject): Work<boolean> {
  const main = optionalText(row, "object");
  if (main === undefined || main === id) return true;
  const owner = yield* get("SELECT intent FROM outbox_object WHERE id = ?", main);
  return owner !== undefined && number(owner, "intent") !== number(row, "seq");
}

/** Which intent an object belongs to. */
export function* ownerOf(object: string): Work<string | undefined> {
  const row = yield* get(
    "SELECT i.id FROM outbox_object o JOIN outbox_intent i ON i.seq = o.intent WHERE o.id = ?",
    object,
  );
  return optionalText(row, "id");
}

import type { Reading } from "../../ledger/age.ts";
import type { SeenFollowUp } from "../../ledger/follow-up.ts";
import type { Move } from "../changes.ts";
import type { Fold, FoundObject, Look } from "../objects.ts";
import { number, optionalText, type Row, text } from "../row.ts";
import { all, get, run, type Work } from "../work.ts";
import { raiseAlarm } from "./alarms.ts";
import { note, stateOf } from "./intents.ts";
import { move } from "./move.ts";
import { notOurs, seeObject } from "./objects.ts";

/**
 * Records objects with our references.
 * @param where where they were seen
 */
export function* fold(
  found: readonly FoundObject[],
  now: Reading,
  where: "The API's list" | "An answer" = "The API's list",
): Work<Fold> {
  const hasSent = number(yield* get("SELECT has_sent FROM outbox_ledger"), "has_sent") === 1;
  const resolved: Move[] = [];
  const unknown: FoundObject[] = [];
  let fates = 0;
  let own = 0;
  for (const object of found) {
    const row = yield* get("SELECT * FROM outbox_intent WHERE id = ?", object.reference);
    if (row === undefined) continue;
    const known = yield* get("SELECT intent FROM outbox_object WHERE id = ?", object.id);
    const isKnown = known !== undefined && number(known, "intent") === number(row, "seq");
    if (isKnown) own += 1;
    // What this ledger has never sent was sent by a newer copy of it, or by another one with the same IDs.
    const isStrange = !isKnown && number(row, "attempts") === 0;
    const isOfOtherCall = !object.calls.includes(text(row, "call"));
    if (isOfOtherCall && number(row, "attempts") > 0) {
      // It has our reference because it was created from one of our objects, and is not a second one.
      yield* keepFollowUp(row, { ...object, state: object.fate ?? "there" }, now);
      continue;
    }
    const isOther =
      isOfOtherCall ||
      (!isKnown && object.digest !== text(row, "digest") && !(yield* hadContent(row, object.digest)));
    if ((isStrange && hasSent) || isOther) unknown.push(object);
    if (isOther) {
      const what = isOfOtherCall ? `of another call (${object.kind})` : "with other content";
      const reason = `${where} shows ${object.id} with this ID, ${what}`;
      yield* raiseAlarm(row, now.ledger, reason);
      if (stateOf(row) === "pending") resolved.push(yield* move(row, "unresolved", now.ledger, { reason }));
      continue;
    }
    if (optionalText(row, "object") === object.id) fates += 1;
    if (isStrange) yield* raiseAlarm(row, now.ledger, notOurs(object.id));
    const reason = where === "An answer" ? "It was in an answer to another row" : "It is in the API's list";
    const moved = yield* seeObject(row, { ...object, isOurs: true }, now, reason);
    if (moved !== undefined) resolved.push(moved);
  }
  return { resolved, unknown, fates, own };
}

/** Records what was created from our objects, and from earlier follow-ups. Others are left out. */
export function* foldFollowUps(seen: readonly SeenFollowUp[], now: Reading): Work<void> {
  for (const followUp of seen) {
    const row = yield* get(
      `SELECT * FROM outbox_intent WHERE seq IN (
         SELECT intent FROM outbox_object WHERE id = ? UNION SELECT intent FROM outbox_follow_up WHERE id = ?)`,
      followUp.parent,
      followUp.parent,
    );
    if (row !== undefined) yield* keepFollowUp(row, followUp, now);
  }
}

function* keepFollowUp(
  row: Row,
  { id, kind, state }: Omit<SeenFollowUp, "parent">,
  now: Reading,
): Work<void> {
  const seq = number(row, "seq");
  const known = optionalText(yield* get("SELECT state FROM outbox_follow_up WHERE id = ?", id), "state");
  if (known === state) return;
  yield* run(
    `INSERT INTO outbox_follow_up VALUES (?, ?, ?, ?, ?)
     ON CONFLICT (id) DO UPDATE SET state = excluded.state, seen_at = excluded.seen_at`,
    id,
    kind,
    seq,
    state,
    now.ledger,
  );
  yield* note(row, now.ledger, "fate", `${kind} ${state} (${id})`);
  const followed = yield* all(
    "SELECT DISTINCT kind, state FROM outbox_follow_up WHERE intent = ? ORDER BY kind, state",
    seq,
  );
  yield* run(
    "UPDATE outbox_intent SET changed_at = ?, followed = ? WHERE seq = ?",
    now.ledger,
    followed.map((one) => `${text(one, "kind")} ${text(one, "state")}`).join(", "),
    seq,
  );
}

/** Whether an intent ever had this content. */
function* hadContent(row: Row, digest: string | undefined): Work<boolean> {
  return (
    digest !== undefined &&
    (yield* get(
      "SELECT 1 FROM outbox_history WHERE intent = ? AND event = 'content' AND detail LIKE ?",
      number(row, "seq"),
      `${digest} %`,
    )) !== undefined
  );
}

/** Records that a list was read, for each row that it can show. */
export function* keepLook({ calls, since, began, client, shows }: Look): Work<void> {
  if (calls.length === 0) return;
  yield* run(
    `UPDATE outbox_intent SET looked_at = ?, list_shows = ?
     WHERE findable = 1 AND first_at >= ? AND call IN (${calls.map(() => "?").join(", ")})
       AND state IN ('refused', 'unresolved', 'settled-not-paid', 'pending')
       AND quiet_at < ? AND (quiet_server IS NULL OR quiet_server < ?)
       AND NOT EXISTS (SELECT 1 FROM outbox_attempt a
         WHERE a.intent = seq AND a.client <> ? AND (a.closed IS NULL OR a.closed <> 'void'))`,
    began.ledger,
    shows ? 1 : 0,
    since,
    ...calls,
    began.ledger,
    began.server ?? null,
    client,
  );
}

/** Whether an event of the API is new. */
export function* isNewEvent(id: string): Work<boolean> {
  return (yield* get("SELECT 1 FROM outbox_event WHERE id = ?", id)) === undefined;
}

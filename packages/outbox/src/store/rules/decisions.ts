import { hasPassed, type Reading } from "../../ledger/age.ts";
import type { NewIntent, State } from "../../ledger/intent.ts";
import { OutboxError } from "../../outbox-error.ts";
import type { Acknowledgement, Finding, Move } from "../changes.ts";
import { number, optionalNumber, optionalText, type Row, text } from "../row.ts";
import { all, get, run, type Work } from "../work.ts";
import { ACKNOWLEDGED } from "./alarms.ts";
import { isFreshRow } from "./freshness.ts";
import { note, requireRow, stateOf } from "./intents.ts";
import { move } from "./move.ts";

/** Records what a person found out. */
export function* settle({ id, paid, who, note: words, object, byList }: Finding, now: Reading): Work<Move> {
  const row = yield* requireRow(id);
  const state = stateOf(row);
  const reason = `A person found that it was ${paid ? "" : "not "}paid${words === undefined ? "" : `: ${words}`}`;
  if (paid) {
    if (!["unresolved", "refused", "settled-not-paid"].includes(state)) throw notSettled(id, state);
    if (object !== undefined) yield* keepObject(row, object, now.ledger, who);
    return yield* move(row, "settled-paid", now.ledger, { reason, who });
  }
  if (state !== "unresolved") throw notSettled(id, state);
  requireLooked(row, now);
  if (byList) requireShown(row);
  return yield* move(row, "settled-not-paid", now.ledger, { reason, who });
}

/** Records that a person has looked at an alarm. The same text does not raise it again. */
export function* acknowledge({ id, who, note: words }: Acknowledgement, now: Reading): Work<string> {
  const row = yield* requireRow(id);
  const alarm = optionalText(row, "alarm");
  if (alarm === undefined) throw new OutboxError(`${id} has no alarm.`);
  yield* note(row, now.ledger, ACKNOWLEDGED, words === undefined ? alarm : `${alarm} (${words})`, who);
  yield* run(
    "UPDATE outbox_intent SET alarm = NULL, changed_at = ? WHERE seq = ?",
    now.ledger,
    number(row, "seq"),
  );
  return alarm;
}

/** An object that a person found. */
function* keepObject(row: Row, object: string, now: number, who: string): Work<void> {
  const owner = yield* get("SELECT intent FROM outbox_object WHERE id = ?", object);
  if (owner !== undefined && number(owner, "intent") !== number(row, "seq")) {
    throw new OutboxError(`${object} belongs to another row.`);
  }
  yield* note(row, now, "object", object, who);
  yield* run("UPDATE outbox_intent SET object = ? WHERE seq = ?", object, number(row, "seq"));
}

/** Starts a new generation: a new key, and the content that `compose` makes. */
export function* retry(
  id: string,
  compose: (generation: number, given: string) => NewIntent,
  who: string | undefined,
  now: Reading,
): Work<Move> {
  const row = yield* requireRow(id);
  const state = stateOf(row);
  const isVoid = state === "pending" && optionalNumber(row, "first_at") !== undefined;
  if (state !== "refused" && state !== "settled-not-paid" && !isVoid) {
    throw new OutboxError(
      `${id} is ${state}. Only a row that was refused or settled as not paid can be sent again with a new key.`,
    );
  }
  requireLooked(row, now);
  const next = compose(number(row, "generation") + 1, text(row, "given"));
  yield* note(row, now.ledger, "content", `${text(row, "digest")} ${text(row, "given")}`, who);
  yield* run(
    `UPDATE outbox_intent SET generation = generation + 1, call = ?, given = ?, digest = ?, body = ?, key = ?,
       "window" = ?, amount = ?, findable = ?, first_at = NULL, first_server = NULL, lease = 0, due = 0, tries = 0,
       restored = 0, looked_at = NULL WHERE seq = ?`,
    next.call,
    next.given,
    next.digest,
    next.body,
    next.key ?? null,
    next.window ?? null,
    next.amount,
    next.findable ? 1 : 0,
    number(row, "seq"),
  );
  if (state === "pending") {
    yield* note(row, now.ledger, "new key", "The old one is too old", who);
    return { id, amount: next.amount, from: state, to: "pending" };
  }
  return yield* move(row, "pending", now.ledger, { reason: "It will be sent again with a new key", who });
}

/** Rows that `resume` starts over. */
export function* rowsToStartOver(now: Reading): Work<string[]> {
  const rows = yield* all(
    `SELECT * FROM outbox_intent WHERE (state = 'refused' AND cause = 'funds')
       OR (state = 'pending' AND first_at IS NOT NULL AND key IS NOT NULL) ORDER BY seq`,
  );
  return rows
    .filter((row) => stateOf(row) === "refused" || !isFreshRow(row, now, Number.POSITIVE_INFINITY))
    .map((row) => text(row, "id"));
}

/** Discards what a restored ledger says, except for accepted rows. @returns how many rows are affected */
export function* giveUpAll(now: Reading, quiet: number, who: string): Work<number> {
  const rows = yield* run(
    `UPDATE outbox_intent SET restored = 1, quiet_at = ?, quiet_server = ?, looked_at = NULL,
       first_at = coalesce(first_at, added_at) WHERE state NOT IN ('accepted', 'settled-paid')`,
    now.ledger + quiet,
    now.server === undefined ? null : now.server + quiet,
  );
  yield* run(
    `UPDATE outbox_intent SET state = 'unresolved', reason = ?, cause = NULL, who = ?, changed_at = ?
     WHERE restored = 1 AND state IN ('pending', 'sending', 'refused', 'settled-not-paid')`,
    "The store was restored, so it may have been paid since",
    who,
    now.ledger,
  );
  return rows;
}

/** Whether the last request of a row can no longer be carried out. */
function isQuiet(row: Row, now: Reading): boolean {
  return hasPassed({ ledger: number(row, "quiet_at"), server: optionalNumber(row, "quiet_server") }, now);
}

/**
 * A new key, or a person's decision, waits until the last request can no longer be carried out, and for another check.
 */
function requireLooked(row: Row, now: Reading): void {
  const id = text(row, "id");
  if (!isQuiet(row, now)) {
    const wait = Math.max(1, Math.ceil((number(row, "quiet_at") - now.ledger) / 60_000));
    throw new OutboxError(
      `The last request for ${id} may still be carried out. Try again in ${wait} ${wait === 1 ? "minute" : "minutes"}.`,
    );
  }
  const looked = optionalNumber(row, "looked_at");
  if (number(row, "findable") === 1 && looked === undefined) {
    throw new OutboxError(
      `${id} must first be looked up in the API's list, with the credentials that sent it, and that has not succeeded yet.`,
    );
  }
}

/** Unless a person knows about a row, a list that cannot show it, or that has shown nothing, proves nothing. */
function requireShown(row: Row): void {
  const id = text(row, "id");
  if (number(row, "findable") === 0) {
    throw new OutboxError(
      `${id} does not contain our ID, so the list cannot show it. Find out, then settle it by its ID.`,
    );
  }
  if (number(row, "list_shows") === 0) {
    throw new OutboxError(
      `${id} is not in the list, but neither are accepted rows, or there are none. Find out, then settle it by its ID.`,
    );
  }
}

function notSettled(id: string, state: State): OutboxError {
  const wrong =
    state === "settled-paid"
      ? " If that was a mistake and nobody was paid, add the row again under a new ID."
      : "";
  return new OutboxError(`${id} is ${state}. Only an unresolved row can be settled.${wrong}`);
}

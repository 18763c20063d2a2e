import { type HistoryEntry, type Intent, isState, type NewIntent, type State } from "../../ledger/intent.ts";
import { OutboxError } from "../../outbox-error.ts";
import type { Added } from "../changes.ts";
import { number, optionalNumber, optionalText, type Row, text } from "../row.ts";
import type { FateTally, Tally } from "../status.ts";
import { all, get, run, type Work } from "../work.ts";

const PAGE = 500;

export function stateOf(row: Row): State {
  const state = row["state"];
  if (isState(state)) return state;
  throw new Error(`the ledger has an unknown state: ${String(state)}`);
}

function intentOf(row: Row): Intent {
  return {
    id: text(row, "id"),
    call: text(row, "call"),
    state: stateOf(row),
    amount: number(row, "amount"),
    key: optionalText(row, "key"),
    generation: number(row, "generation"),
    attempts: number(row, "attempts"),
    object: optionalText(row, "object"),
    fate: fateOf(row),
    reason: optionalText(row, "reason"),
    alarm: optionalText(row, "alarm"),
    findable: number(row, "findable") === 1,
    given: text(row, "given"),
    digest: text(row, "digest"),
    addedAt: number(row, "added_at"),
    firstAt: optionalNumber(row, "first_at"),
    changedAt: number(row, "changed_at"),
  };
}

/** What happened to the API's object: its state, and those of what was created from it. */
function fateOf(row: Row): string | undefined {
  const words = [optionalText(row, "fate"), optionalText(row, "followed")].filter(
    (word) => word !== undefined,
  );
  return words.length === 0 ? undefined : words.join(", ");
}

/** Adds an intent, unless its ID exists. Works on any connection to the file, in any transaction. */
export function* addIntent(intent: NewIntent, now: number): Work<Added> {
  const { id, call, given, digest, body, key, window, amount, findable } = intent;
  const inserted = yield* run(
    `INSERT INTO outbox_intent (id, call, given, digest, body, key, "window", amount, findable, added_at, changed_at)
     VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?) ON CONFLICT (id) DO NOTHING`,
    id,
    call,
    given,
    digest,
    body,
    key ?? null,
    window ?? null,
    amount,
    findable ? 1 : 0,
    now,
    now,
  );
  if (inserted === 1) return { id, outcome: "added", state: "pending", call, given };
  const known = yield* get("SELECT state, call, digest, given FROM outbox_intent WHERE id = ?", id);
  if (known === undefined) throw new Error(`${id} was neither added nor found`);
  const same = text(known, "digest") === digest && text(known, "call") === call;
  return {
    id,
    outcome: same ? "known" : "differs",
    state: stateOf(known),
    call: text(known, "call"),
    given: text(known, "given"),
  };
}

/** @throws OutboxError if there is no such row */
export function* requireRow(id: string): Work<Row> {
  const row = yield* get("SELECT * FROM outbox_intent WHERE id = ?", id);
  if (row === undefined) throw new OutboxError(`There is no row with the ID ${JSON.stringify(id)}.`);
  return row;
}

export function* findIntent(id: string): Work<Intent | undefined> {
  const row = yield* get("SELECT * FROM outbox_intent WHERE id = ?", id);
  return row === undefined ? undefined : intentOf(row);
}

export interface IntentPage {
  readonly intents: readonly Intent[];
  /** Where the next page starts; absent after the last one. */
  readonly next: number | undefined;
}

/**
 * A page of intents in the order in which they were added, in some or all states.
 * @param after the last number of the previous page; 0 for the first page
 */
export function* listPage(states: readonly State[] | undefined, after: number): Work<IntentPage> {
  const condition = states === undefined ? "" : `AND state IN (${states.map(() => "?").join(", ")})`;
  const rows = yield* all(
    `SELECT * FROM outbox_intent WHERE seq > ? ${condition} ORDER BY seq LIMIT ${PAGE}`,
    after,
    ...(states ?? []),
  );
  return { intents: rows.map(intentOf), next: optionalNumber(rows.at(-1), "seq") };
}

/** Intents that a person has to look at. */
export function* alarmedIntents(): Work<Intent[]> {
  const rows = yield* all("SELECT * FROM outbox_intent WHERE alarm IS NOT NULL ORDER BY seq LIMIT 1000");
  return rows.map(intentOf);
}

/** The number of intents in each state, and their total amount. */
export function* tallyOf(): Work<Tally[]> {
  const rows = yield* all(
    "SELECT state, count(*) AS count, sum(amount) AS amount FROM outbox_intent GROUP BY state",
  );
  return rows.map((row) => ({
    state: stateOf(row),
    rows: number(row, "count"),
    amount: number(row, "amount"),
  }));
}

/** What happened to the accepted intents. */
export function* fatesOf(): Work<FateTally[]> {
  const rows = yield* all(
    `SELECT fate, followed, count(*) AS count, sum(amount) AS amount FROM outbox_intent WHERE state = 'accepted'
     GROUP BY fate, followed ORDER BY count DESC`,
  );
  return rows.map((row) => ({
    fate: fateOf(row),
    rows: number(row, "count"),
    amount: number(row, "amount"),
  }));
}

export function* historyOf(id: string): Work<HistoryEntry[]> {
  const rows = yield* all(
    `SELECT h.* FROM outbox_history h JOIN outbox_intent i ON i.seq = h.intent WHERE i.id = ? ORDER BY h.n`,
    id,
  );
  return rows.map((row) => ({
    id,
    at: number(row, "at"),
    generation: number(row, "generation"),
    event: text(row, "event"),
    detail: optionalText(row, "detail"),
    who: optionalText(row, "who"),
  }));
}

/** Adds a line to the history, besides those that state changes write automatically. */
export function* note(row: Row, at: number, event: string, detail: string, who?: string): Work<void> {
  yield* run(
    "INSERT INTO outbox_history (intent, at, generation, event, detail, who) VALUES (?, ?, ?, ?, ?, ?)",
    number(row, "seq"),
    at,
    number(row, "generation"),
    event,
    detail,
    who ?? null,
  );
}

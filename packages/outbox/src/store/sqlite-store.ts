import { randomUUID } from "node:crypto";
import { setTimeout as sleep } from "node:timers/promises";
import { hasPassed, type Reading } from "../ledger/age.ts";
import type { HistoryEntry, Intent, NewIntent, State } from "../ledger/intent.ts";
import { OutboxError, StoreBusyError } from "../outbox-error.ts";
import { lockSender } from "./sender-lock.ts";
import { number, optionalNumber, optionalText, type Row, Sql, type SqliteConnection, text } from "./sql.ts";
import { move, raiseAlarm, recordAnswer, seeObject } from "./sqlite-answers.ts";
import { claim, isFreshRow } from "./sqlite-claims.ts";
import { SqliteFile } from "./sqlite-file.ts";
import { addIntent, historyOf, intentOf, note, stateOf } from "./sqlite-intents.ts";
import { TABLES, VERSION } from "./sqlite-tables.ts";
import type {
  Account,
  Added,
  Finding,
  Fold,
  FoundObject,
  LedgerStatus,
  Move,
  SenderLock,
  Store,
  Tally,
  Turn,
  TurnResult,
} from "./store.ts";

const PAGE = 500;

/** How long another process may hold the file before one gives up, in milliseconds. */
const PATIENCE = 30_000;

/** Keeps everything in an SQLite file. */
export class SqliteStore implements Store {
  readonly #file: SqliteFile;
  readonly #sql: Sql;

  /** @throws OutboxError when the file cannot be used, or belongs to another account. */
  constructor(location: string, account: Account, now: number) {
    this.#file = new SqliteFile(location);
    this.#sql = this.#file.sql;
    try {
      this.#file.together(() => this.#prepare(account, now));
    } catch (error) {
      this.#file.close();
      throw error instanceof StoreBusyError ? new OutboxError(`${error.message} Try again.`) : error;
    }
  }

  #prepare(account: Account, now: number): void {
    this.#file.script(TABLES);
    this.#sql.run(
      `INSERT INTO outbox_ledger (one, version, uuid, base_url, app_id, fingerprint, known_until)
       VALUES (1, ?, ?, ?, ?, ?, ?) ON CONFLICT DO NOTHING`,
      VERSION,
      randomUUID(),
      account.baseUrl,
      account.appId ?? null,
      this.#file.fingerprint,
      Math.trunc(now),
    );
    const ledger = this.#sql.get("SELECT * FROM outbox_ledger");
    if (number(ledger, "version") !== VERSION) {
      throw new OutboxError(`The store ${this.#file.path} was made by another version of dots-outbox.`);
    }
    const own: Account = { baseUrl: text(ledger, "base_url"), appId: optionalText(ledger, "app_id") };
    if (own.baseUrl !== account.baseUrl || own.appId !== account.appId) {
      throw new OutboxError(
        `The store ${this.#file.path} belongs to ${describeAccount(own)}, and this is ${describeAccount(account)}. ` +
          "Use a store of its own for each.",
      );
    }
    if (!this.#file.isSame(text(ledger, "fingerprint"))) {
      this.#sql.run(
        "UPDATE outbox_ledger SET stopped = coalesce(stopped, ?)",
        "The file was copied or restored from a backup, so it may not know what was sent since",
      );
    }
  }

  async status(): Promise<LedgerStatus> {
    const ledger = this.#sql.get("SELECT * FROM outbox_ledger");
    const oldest = this.#sql.get(
      `SELECT min(first_at) AS at FROM outbox_intent
       WHERE state IN ('sending', 'unresolved') OR (state = 'refused' AND cause = 'funds') OR state = 'pending'`,
    );
    return {
      uuid: text(ledger, "uuid"),
      account: { baseUrl: text(ledger, "base_url"), appId: optionalText(ledger, "app_id") },
      highest: number(ledger, "highest"),
      knownUntil: number(ledger, "known_until"),
      stopped: optionalText(ledger, "stopped"),
      paused: optionalText(ledger, "paused"),
      hasSent: number(ledger, "has_sent") === 1,
      reserved: number(ledger, "reserved"),
      oldestOpen: optionalNumber(oldest, "at"),
      oldest: optionalNumber(this.#sql.get("SELECT min(first_at) AS at FROM outbox_intent"), "at"),
    };
  }

  add(intents: readonly NewIntent[], now: number): Promise<Added[]> {
    return this.#patiently(() => {
      const time = this.#passTime({ ledger: now, server: undefined }).ledger;
      return intents.map((intent) => addIntent(this.#sql, intent, time));
    });
  }

  /** Adds inside the transaction of a connection of the caller's. */
  addWith(connection: SqliteConnection, intent: NewIntent, now: number): Added {
    const sql = new Sql(connection);
    const isThere = sql.get("SELECT 1 FROM sqlite_schema WHERE name = 'outbox_ledger'") !== undefined;
    const theirs = isThere ? sql.get("SELECT uuid FROM outbox_ledger") : undefined;
    if (text(theirs, "uuid") !== text(this.#sql.get("SELECT uuid FROM outbox_ledger"), "uuid")) {
      throw new OutboxError(
        "The connection is open on another file. The outbox and your tables have to be in the same one.",
      );
    }
    return addIntent(sql, intent, now);
  }

  async lockSender(): Promise<SenderLock> {
    return lockSender(this.#file.path);
  }

  begin(now: Reading): Promise<void> {
    return this.#patiently(() => {
      const time = this.#passTime(now).ledger;
      this.#sql.run("UPDATE outbox_intent SET lease = ?, due = 0 WHERE state = 'sending'", time);
      this.#sql.run("UPDATE outbox_intent SET due = 0 WHERE state = 'pending' AND due > 0");
      this.#sql.run("UPDATE outbox_ledger SET paused = NULL");
    });
  }

  async turn({ now, answers, claim: request }: Turn): Promise<TurnResult> {
    this.#file.requireInPlace();
    return this.#file.together(() => {
      const time = this.#passTime(now);
      const moves = answers.flatMap((answer) => recordAnswer(this.#sql, answer, time) ?? []);
      if (request === undefined || request.limit <= 0) {
        return { tickets: [], moves, blocked: undefined, nextDue: undefined };
      }
      const stopped = optionalText(this.#sql.get("SELECT stopped FROM outbox_ledger"), "stopped");
      if (stopped !== undefined) throw new OutboxError(`${stopped}. Nothing more is sent; run recover.`);
      const claims = claim(this.#sql, request, time);
      if (claims.tickets.length > 0) {
        this.#sql.run(
          "UPDATE outbox_ledger SET has_sent = 1, known_until = max(known_until, ?)",
          time.ledger,
        );
      }
      return { ...claims, moves: [...moves, ...claims.moves] };
    });
  }

  sweep(now: Reading, client: string, apart: number): Promise<Move[]> {
    return this.#patiently(() => {
      const time = this.#passTime(now);
      const moves: Move[] = [];
      const rows = this.#sql.all(
        `SELECT i.*, a.client AS last_client FROM outbox_intent i JOIN outbox_attempt a ON a.n = i.claim
         WHERE i.state = 'sending' AND i.lease <= ?`,
        time.ledger,
      );
      for (const row of rows) {
        const reason = whyGivenUp(row, time, client, apart);
        if (reason !== undefined) moves.push(move(this.#sql, row, "unresolved", time.ledger, { reason }));
      }
      return moves;
    });
  }

  witnessed(began: Reading): Promise<void> {
    return this.#patiently(
      () =>
        void this.#sql.run(
          "UPDATE outbox_ledger SET known_until = max(known_until, ?)",
          Math.trunc(began.ledger),
        ),
    );
  }

  pause(reason: string): Promise<void> {
    return this.#patiently(() => void this.#sql.run("UPDATE outbox_ledger SET paused = ?", reason));
  }

  stop(reason: string): Promise<void> {
    return this.#patiently(() => void this.#sql.run("UPDATE outbox_ledger SET stopped = ?", reason));
  }

  fold(found: readonly FoundObject[], now: Reading): Promise<Fold> {
    return this.#patiently(() => {
      const time = this.#passTime(now);
      const hasSent = number(this.#sql.get("SELECT has_sent FROM outbox_ledger"), "has_sent") === 1;
      const resolved: Move[] = [];
      const unknown: FoundObject[] = [];
      let fates = 0;
      for (const object of found) {
        const row = this.#sql.get("SELECT * FROM outbox_intent WHERE id = ?", object.reference);
        if (row === undefined) continue;
        const isKnown = this.#sql.get("SELECT 1 FROM outbox_object WHERE id = ?", object.id) !== undefined;
        // What this ledger has never sent was sent by one that knew more, or by another one with the same IDs.
        const isStrange = !isKnown && number(row, "attempts") === 0;
        const isOther =
          !isKnown && object.digest !== text(row, "digest") && !this.#hadContent(row, object.digest);
        if ((isStrange && hasSent) || isOther) unknown.push(object);
        if (isOther) {
          const reason = `The API's list shows ${object.id} with this ID and other content`;
          raiseAlarm(this.#sql, row, time.ledger, reason);
          if (stateOf(row) === "pending") {
            resolved.push(move(this.#sql, row, "unresolved", time.ledger, { reason }));
          }
          continue;
        }
        if (optionalText(row, "object") === object.id) fates += 1;
        const moved = seeObject(this.#sql, row, object, time, "It is in the API's list");
        if (moved !== undefined) resolved.push(moved);
      }
      return { resolved, unknown, fates };
    });
  }

  /** Whether an intent once had this content. */
  #hadContent(row: Row, digest: string | undefined): boolean {
    return (
      digest !== undefined &&
      this.#sql.get(
        "SELECT 1 FROM outbox_history WHERE intent = ? AND event = 'content' AND detail LIKE ?",
        number(row, "seq"),
        `${digest} %`,
      ) !== undefined
    );
  }

  lookedUp(calls: readonly string[], since: number, began: Reading): Promise<void> {
    return this.#patiently(() => {
      const rows = this.#sql.all(
        `SELECT * FROM outbox_intent WHERE findable = 1 AND first_at >= ?
           AND state IN ('refused', 'unresolved', 'settled-not-paid', 'pending')`,
        since,
      );
      for (const row of rows) {
        if (!calls.includes(text(row, "call")) || !isQuiet(row, began)) continue;
        this.#sql.run(
          "UPDATE outbox_intent SET looked_at = ? WHERE seq = ?",
          began.ledger,
          number(row, "seq"),
        );
      }
    });
  }

  async ownerOf(object: string): Promise<string | undefined> {
    const row = this.#sql.get(
      "SELECT i.id FROM outbox_object o JOIN outbox_intent i ON i.seq = o.intent WHERE o.id = ?",
      object,
    );
    return optionalText(row, "id");
  }

  async isNewEvent(id: string): Promise<boolean> {
    return this.#sql.get("SELECT 1 FROM outbox_event WHERE id = ?", id) === undefined;
  }

  keepEvent(id: string, now: number): Promise<void> {
    return this.#patiently(
      () => void this.#sql.run("INSERT INTO outbox_event VALUES (?, ?) ON CONFLICT DO NOTHING", id, now),
    );
  }

  settle({ id, paid, who, note: words, object }: Finding, now: Reading): Promise<Move> {
    return this.#patiently(() => {
      const time = this.#passTime(now);
      const row = this.#require(id);
      const state = stateOf(row);
      const reason = `A person found that it was ${paid ? "" : "not "}paid${words === undefined ? "" : `: ${words}`}`;
      if (paid) {
        if (!["unresolved", "refused", "settled-not-paid"].includes(state)) throw notSettled(id, state);
        if (object !== undefined) this.#keepObject(row, object, time.ledger, who);
        return move(this.#sql, row, "settled-paid", time.ledger, { reason, who });
      }
      if (state !== "unresolved") throw notSettled(id, state);
      requireLooked(row, time);
      return move(this.#sql, row, "settled-not-paid", time.ledger, { reason, who });
    });
  }

  retry(
    id: string,
    compose: (generation: number, given: string) => NewIntent,
    who: string | undefined,
    now: Reading,
  ): Promise<Move> {
    return this.#patiently(() => {
      const time = this.#passTime(now);
      const row = this.#require(id);
      const state = stateOf(row);
      const isVoid = state === "pending" && optionalNumber(row, "first_at") !== undefined;
      if (state !== "refused" && state !== "settled-not-paid" && !isVoid) {
        throw new OutboxError(
          `${id} is ${state}. Only a row that was refused, or settled as not paid, is sent again with a new key.`,
        );
      }
      requireLooked(row, time);
      const next = compose(number(row, "generation") + 1, text(row, "given"));
      note(this.#sql, row, time.ledger, "content", `${text(row, "digest")} ${text(row, "given")}`, who);
      this.#sql.run(
        `UPDATE outbox_intent SET generation = generation + 1, call = ?, given = ?, digest = ?, body = ?, key = ?,
           window = ?, amount = ?, findable = ?, first_at = NULL, first_server = NULL, lease = 0, due = 0, tries = 0,
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
        note(this.#sql, row, time.ledger, "new key", "The old one is too old", who);
        return { id, amount: next.amount, from: state, to: "pending" };
      }
      return move(this.#sql, row, "pending", time.ledger, { reason: "It is sent again with a new key", who });
    });
  }

  async startOver(now: Reading): Promise<string[]> {
    const rows = this.#sql.all(
      `SELECT * FROM outbox_intent WHERE (state = 'refused' AND cause = 'funds')
         OR (state = 'pending' AND first_at IS NOT NULL AND key IS NOT NULL) ORDER BY seq`,
    );
    return rows
      .filter((row) => stateOf(row) === "refused" || !isFreshRow(row, now, Number.POSITIVE_INFINITY))
      .map((row) => text(row, "id"));
  }

  recover(now: Reading, quiet: number, who: string): Promise<number> {
    return this.#patiently(() => {
      const time = this.#passTime(now);
      const rows = this.#sql.all(
        "SELECT * FROM outbox_intent WHERE state NOT IN ('accepted', 'settled-paid')",
      );
      for (const row of rows) {
        this.#sql.run(
          `UPDATE outbox_intent SET restored = 1, quiet_at = ?, quiet_server = ?, looked_at = NULL,
             first_at = coalesce(first_at, ?) WHERE seq = ?`,
          time.ledger + quiet,
          time.server === undefined ? null : time.server + quiet,
          number(row, "added_at"),
          number(row, "seq"),
        );
        if (stateOf(row) === "unresolved") continue;
        const reason = "The store was restored, so it may have been paid since";
        move(this.#sql, row, "unresolved", time.ledger, { reason, who });
      }
      this.#sql.run(
        "UPDATE outbox_ledger SET stopped = NULL, paused = NULL, fingerprint = ?",
        this.#file.fingerprint,
      );
      return rows.length;
    });
  }

  async tally(): Promise<Tally[]> {
    const rows = this.#sql.all(
      "SELECT state, count(*) AS count, sum(amount) AS amount FROM outbox_intent GROUP BY state",
    );
    return rows.map((row) => ({
      state: stateOf(row),
      rows: number(row, "count"),
      amount: number(row, "amount"),
    }));
  }

  async find(id: string): Promise<Intent | undefined> {
    const row = this.#sql.get("SELECT * FROM outbox_intent WHERE id = ?", id);
    return row === undefined ? undefined : intentOf(row);
  }

  async *list(states: readonly State[] | undefined): AsyncIterable<Intent> {
    let after = 0;
    for (;;) {
      const rows = this.#sql.all(
        `SELECT * FROM outbox_intent WHERE seq > ? ${states === undefined ? "" : `AND state IN (${states.map(() => "?").join(", ")})`}
         ORDER BY seq LIMIT ${PAGE}`,
        after,
        ...(states ?? []),
      );
      for (const row of rows) yield intentOf(row);
      const last = rows.at(-1);
      if (last === undefined) return;
      after = number(last, "seq");
    }
  }

  async alarms(): Promise<Intent[]> {
    return this.#sql
      .all("SELECT * FROM outbox_intent WHERE alarm IS NOT NULL ORDER BY seq LIMIT 1000")
      .map(intentOf);
  }

  async history(id: string): Promise<HistoryEntry[]> {
    return historyOf(this.#sql, id);
  }

  async close(): Promise<void> {
    this.#file.close();
  }

  /** An object that a person has found. */
  #keepObject(row: Row, object: string, now: number, who: string): void {
    const owner = this.#sql.get("SELECT intent FROM outbox_object WHERE id = ?", object);
    if (owner !== undefined && number(owner, "intent") !== number(row, "seq")) {
      throw new OutboxError(`${object} belongs to another row.`);
    }
    note(this.#sql, row, now, "object", object, who);
    this.#sql.run("UPDATE outbox_intent SET object = ? WHERE seq = ?", object, number(row, "seq"));
  }

  #require(id: string): Row {
    const row = this.#sql.get("SELECT * FROM outbox_intent WHERE id = ?", id);
    if (row === undefined) throw new OutboxError(`There is no row with the ID ${JSON.stringify(id)}.`);
    return row;
  }

  /** The ledger's clock never goes back. */
  #passTime({ ledger, server }: Reading): Reading {
    const highest = number(this.#sql.get("SELECT highest FROM outbox_ledger"), "highest");
    if (ledger > highest) this.#sql.run("UPDATE outbox_ledger SET highest = ?", Math.trunc(ledger));
    return {
      ledger: Math.trunc(Math.max(ledger, highest)),
      server: server === undefined ? undefined : Math.trunc(server),
    };
  }

  /** One transaction, once no other process is in the way. */
  async #patiently<Result>(work: () => Result): Promise<Result> {
    const end = performance.now() + PATIENCE;
    for (;;) {
      try {
        return this.#file.together(work);
      } catch (error) {
        if (!(error instanceof StoreBusyError)) throw error;
        if (performance.now() > end) throw new OutboxError(`${error.message} Try again when it is done.`);
      }
      await sleep(20 + Math.random() * 80);
    }
  }
}

/** Why a row that was left open is not sent again; `undefined` where it is. */
function whyGivenUp(row: Row, now: Reading, client: string, apart: number): string | undefined {
  if (optionalText(row, "key") === undefined) {
    return "The sender died before the answer came, and without a key it cannot be sent again";
  }
  if (text(row, "last_client") !== client) {
    return "It was sent with other credentials, for which the same key may not count";
  }
  // Without the API's clock nobody knows. That may change with the next answer.
  if (optionalNumber(row, "first_server") === undefined) {
    return "The API does not tell its time, so nobody can say how old the key is";
  }
  if (now.server === undefined || Math.abs(now.server - now.ledger) > apart) return undefined;
  return isFreshRow(row, now, apart) ? undefined : "Its key is too old to be sent again";
}

function isQuiet(row: Row, now: Reading): boolean {
  return hasPassed({ ledger: number(row, "quiet_at"), server: optionalNumber(row, "quiet_server") }, now);
}

/** A new key, and a person's word, wait until the last request can no longer be carried out, and for another look. */
function requireLooked(row: Row, now: Reading): void {
  const id = text(row, "id");
  if (!isQuiet(row, now)) {
    const wait = Math.max(1, Math.ceil((number(row, "quiet_at") - now.ledger) / 60_000));
    throw new OutboxError(
      `The last request for ${id} may still be carried out. Ask again in ${wait} ${wait === 1 ? "minute" : "minutes"}.`,
    );
  }
  const looked = optionalNumber(row, "looked_at");
  if (number(row, "findable") === 1 && looked === undefined) {
    throw new OutboxError(`${id} has to be looked up in the API's list first, and that has not worked yet.`);
  }
}

function notSettled(id: string, state: State): OutboxError {
  return new OutboxError(`${id} is ${state}. Only an unresolved row can be settled.`);
}

function describeAccount({ baseUrl, appId }: Account): string {
  return appId === undefined ? baseUrl : `${baseUrl}, app ${appId}`;
}

import { setTimeout as sleep } from "node:timers/promises";
import type { Account } from "../../ledger/account.ts";
import type { Reading } from "../../ledger/age.ts";
import type { NewIntent } from "../../ledger/intent.ts";
import { OutboxError, StoreBusyError, StoreFullError } from "../../outbox-error.ts";
import type { Added } from "../changes.ts";
import type { Fold, FoundObject, Look } from "../objects.ts";
import { optionalText, text } from "../row.ts";
import { keepAnswer } from "../rules/answers.ts";
import { giveUpAll, rowsToStartOver } from "../rules/decisions.ts";
import { fold, keepLook } from "../rules/findings.ts";
import { addIntent } from "../rules/intents.ts";
import { whyWaiting } from "../rules/ledger.ts";
import { RuledStore } from "../rules/ruled-store.ts";
import { clientOf, limitsOf, pin } from "../rules/settings.ts";
import type { LedgerStatus, Worker } from "../status.ts";
import type { SenderLock, Store } from "../store.ts";
import type { Turn, TurnResult } from "../turn.ts";
import type { Work } from "../work.ts";
import { claim } from "./claims.ts";
import { SqliteFile } from "./file.ts";
import { checkMark, markOf, openLedger, passTime, readLedger, readSettings } from "./ledger.ts";
import { lockSender } from "./sender-lock.ts";
import { Sql, type SqliteConnection } from "./sql.ts";
import { requireTransaction } from "./transaction.ts";
import { Witness } from "./witness.ts";

/** How long another process may lock the file before giving up, in milliseconds. */
const PATIENCE = 30_000;

/** Stores everything in an SQLite file. */
export class SqliteStore extends RuledStore implements Store {
  readonly #file: SqliteFile;
  readonly #sql: Sql;
  readonly #witness: Witness;

  /** @throws OutboxError if the file cannot be used, or belongs to another account. */
  constructor(location: string, account: Account, now: number) {
    super();
    this.#file = new SqliteFile(location);
    this.#sql = this.#file.sql;
    this.#witness = new Witness(this.#file.path);
    try {
      // Read before the store: an active sender writes the store first.
      const seen = this.#witness.read();
      this.#file.together(() => {
        openLedger(this.#file, account, now);
        checkMark(this.#sql, seen, this.#witness.path);
      });
    } catch (error) {
      this.#file.close();
      throw error instanceof StoreBusyError ? new OutboxError(`${error.message} Try again.`) : error;
    }
  }

  readonly isShared = false;

  get name(): string {
    return this.#file.path;
  }

  async time(machine: number): Promise<number> {
    return machine;
  }

  async status(): Promise<LedgerStatus> {
    return readLedger(this.#sql, Date.now());
  }

  add(intents: readonly NewIntent[], now: number): Promise<Added[]> {
    return this.#at({ ledger: now, server: undefined }, ({ ledger }) =>
      intents.map((intent) => this.#sql.perform(addIntent(intent, ledger))),
    );
  }

  /** Adds inside the transaction of the caller's connection. */
  addWith(connection: SqliteConnection, intent: NewIntent, now: number): Added {
    const sql = new Sql(connection);
    const isThere = sql.get("SELECT 1 FROM sqlite_schema WHERE name = 'outbox_ledger'") !== undefined;
    const theirs = isThere ? sql.get("SELECT uuid FROM outbox_ledger") : undefined;
    if (text(theirs, "uuid") !== text(this.#sql.get("SELECT uuid FROM outbox_ledger"), "uuid")) {
      throw new OutboxError(
        "The connection is open on another file. The outbox and your tables must be in the same one.",
      );
    }
    requireTransaction(connection);
    return sql.perform(addIntent(intent, now));
  }

  async lockSender(): Promise<SenderLock> {
    const lock = lockSender(this.#file.path);
    try {
      const seen = this.#witness.read();
      await this.#patiently(() => checkMark(this.#sql, seen, this.#witness.path));
      if (seen === undefined && (await this.status()).stopped === undefined) this.#tellWitness();
      this.#witness.requireKept();
      return lock;
    } catch (error) {
      lock.release();
      throw error;
    }
  }

  begin(now: Reading): Promise<void> {
    return this.#at(now, ({ ledger }) => {
      this.#sql.run("UPDATE outbox_intent SET lease = ?, due = 0 WHERE state = 'sending'", ledger);
      this.#sql.run("UPDATE outbox_intent SET due = 0 WHERE state = 'pending' AND due > 0");
      this.#sql.run("UPDATE outbox_ledger SET paused = NULL");
    });
  }

  async turn({ now, answers, claim: request, wait }: Turn): Promise<TurnResult> {
    this.#file.requireInPlace();
    if (request !== undefined && request.limit > 0) this.#witness.requireKept();
    const result = this.#file.together(() => {
      const time = passTime(this.#sql, now);
      const moves = answers.flatMap((answer) => this.#sql.perform(keepAnswer(answer, time)));
      if (wait !== undefined) {
        const until = Math.trunc(time.ledger + wait);
        this.#sql.run("UPDATE outbox_ledger SET not_before = max(not_before, ?)", until);
      }
      const waits = whyWaiting(this.#sql.get("SELECT highest, not_before FROM outbox_ledger"), now.ledger);
      if (request === undefined || request.limit <= 0) {
        return { tickets: [], moves, blocked: undefined, nextIn: undefined, needsTime: false, waits };
      }
      const stopped = optionalText(this.#sql.get("SELECT stopped FROM outbox_ledger"), "stopped");
      if (stopped !== undefined) throw new OutboxError(`${stopped}. Nothing more is sent; run recover.`);
      const settings = readSettings(this.#sql);
      const client = clientOf(settings);
      if (client !== undefined && client !== request.client) {
        return {
          ...{ tickets: [], moves, blocked: undefined, nextIn: undefined, needsTime: false },
          otherClient: client,
        };
      }
      const limits = limitsOf(settings);
      const claims = claim(this.#sql, request, limits, time);
      if (claims.tickets.length > 0) {
        if (client === undefined) this.#sql.perform(pin(request.client, request.who, time));
        this.#sql.run(
          "UPDATE outbox_ledger SET has_sent = 1, mark = mark + 1, known_until = max(known_until, ?)",
          time.ledger,
        );
      }
      const { tickets, blocked, needsTime, nextDue } = claims;
      const nextIn = nextDue === undefined ? undefined : nextDue - now.ledger;
      const { perSecond } = limits;
      return { tickets, moves: [...moves, ...claims.moves], blocked, nextIn, needsTime, waits, perSecond };
    });
    if (result.tickets.length > 0) this.#witness.tell(markOf(this.#sql));
    return result;
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

  pause(reason: string | undefined): Promise<void> {
    return this.#patiently(() => void this.#sql.run("UPDATE outbox_ledger SET paused = ?", reason ?? null));
  }

  stop(reason: string): Promise<void> {
    return this.#patiently(() => void this.#sql.run("UPDATE outbox_ledger SET stopped = ?", reason));
  }

  fold(found: readonly FoundObject[], now: Reading): Promise<Fold> {
    return this.perform(now, (time) => fold(found, time));
  }

  lookedUp(look: Look): Promise<void> {
    return this.#patiently(() => this.#sql.perform(keepLook(look)));
  }

  keepEvent(id: string, now: number): Promise<void> {
    return this.#patiently(
      () => void this.#sql.run("INSERT INTO outbox_event VALUES (?, ?) ON CONFLICT DO NOTHING", id, now),
    );
  }

  async startOver(now: Reading): Promise<string[]> {
    return this.#sql.perform(rowsToStartOver(now));
  }

  async recover(now: Reading, quiet: number, who: string): Promise<number> {
    const seen = this.#witness.read();
    const count = await this.#at(now, (time) => {
      const { fingerprint } = this.#file;
      // Beyond all earlier marks, so that the same backup is detected again.
      this.#sql.run(
        "UPDATE outbox_ledger SET stopped = NULL, paused = NULL, fingerprint = ?, mark = max(mark, ?) + 1",
        fingerprint,
        seen?.mark ?? 0,
      );
      return this.#sql.perform(giveUpAll(time, quiet, who));
    });
    this.#tellWitness();
    return count;
  }

  /** Records the progress in the witness, and waits until it is on disk. */
  #tellWitness(): void {
    this.#witness.tell(markOf(this.#sql));
    this.#witness.sync();
  }

  async tend(): Promise<boolean> {
    return true;
  }

  async beat(): Promise<void> {}

  async leave(): Promise<void> {}

  async workers(): Promise<Worker[]> {
    return [];
  }

  async close(): Promise<void> {
    this.#witness.close();
    this.#file.close();
  }

  protected perform<Result>(now: Reading, work: (time: Reading) => Work<Result>): Promise<Result> {
    return this.#at(now, (time) => this.#sql.perform(work(time)));
  }

  protected async read<Result>(work: () => Work<Result>): Promise<Result> {
    return this.#sql.perform(work());
  }

  /** One transaction, on the ledger's clock. */
  #at<Result>(now: Reading, work: (time: Reading) => Result): Promise<Result> {
    return this.#patiently(() => work(passTime(this.#sql, now)));
  }

  /** One transaction, once no other process blocks it. */
  async #patiently<Result>(work: () => Result): Promise<Result> {
    const end = performance.now() + PATIENCE;
    for (;;) {
      try {
        return this.#file.together(work);
      } catch (error) {
        if (!(error instanceof StoreBusyError) || error instanceof StoreFullError) throw error;
        if (performance.now() > end) throw new OutboxError(`${error.message} Try again when it is done.`);
      }
      await sleep(20 + Math.random() * 80);
    }
  }
}

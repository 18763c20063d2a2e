import { randomUUID } from "node:crypto";
import { setTimeout as sleep } from "node:timers/promises";
import type { Account } from "../../ledger/account.ts";
import type { Reading } from "../../ledger/age.ts";
import type { NewIntent } from "../../ledger/intent.ts";
import { OutboxError, StoreBusyError, StoreFullError } from "../../outbox-error.ts";
import type { Added } from "../changes.ts";
import type { Fold, FoundObject, Look } from "../objects.ts";
import { number, optionalText, type Row, text } from "../row.ts";
import { giveUpAll, rowsToStartOver } from "../rules/decisions.ts";
import { fold, keepLook } from "../rules/findings.ts";
import { RuledStore } from "../rules/ruled-store.ts";
import type { LedgerStatus, Worker, WorkerNews } from "../status.ts";
import type { SenderLock, Store } from "../store.ts";
import type { Turn, TurnResult } from "../turn.ts";
import type { Work } from "../work.ts";
import { addIntents } from "./additions.ts";
import { CallerTransactions } from "./caller-transactions.ts";
import { CLOCK, timeOf } from "./connection/clock.ts";
import { isLockTimeout } from "./connection/driver.ts";
import type { PostgresConnection, Sql } from "./connection/sql.ts";
import { Database, requireUnicode } from "./database.ts";
import { findKnown } from "./known-objects.ts";
import { type Memory, openLedger, readLedger, requireDurable, whyRestored } from "./ledger.ts";
import { KNOWN, requireKnown } from "./tables/migrate.ts";
import { takeIntoUse } from "./tables/take-into-use.ts";
import { takeTurn } from "./turn/turn.ts";
import { forgetWorker, keepBeat, readWorkers } from "./workers.ts";

/** How long the database may be down before giving up, in milliseconds. */
const PATIENCE = 30_000;

const BEING_ADDED =
  "One of these IDs is being added by another transaction, which has been open for too long to be waited for. " +
  "Nothing was added here. Commit that one or roll it back, then try again.";

/** The time limit for changes to all rows, in milliseconds. */
const OF_ALL_ROWS = 3_600_000;

/** Stores everything in a PostgreSQL database, for any number of processes. */
export class PostgresStore extends RuledStore implements Store {
  readonly isShared = true;
  readonly #database: Database;
  /** The schema of the tables, quoted. */
  readonly #schema: string;
  /** How long to wait for another transaction that adds the same ID, in milliseconds. */
  readonly #adding: number;
  readonly #worker = randomUUID();
  /** The transaction that made each attempt of this process. */
  readonly #turns = new Map<number, string>();
  /** Transactions of this process that may or may not be committed. It has sent nothing from them. */
  readonly #doubtful = new Set<string>();
  readonly #callers: CallerTransactions;
  #memory: Memory | undefined;
  /** The start time of the server when the list was last read. */
  #looked: string | undefined;

  private constructor(database: Database, schema: string, adding: number) {
    super();
    this.#database = database;
    this.#schema = schema;
    this.#adding = adding;
    this.#callers = new CallerTransactions(schema, (work) => this.#patiently(() => database.ask(work)));
  }

  /** @throws OutboxError if the database cannot be used, or the store belongs to another account */
  static async open(url: string, account: Account, adding: number): Promise<PostgresStore> {
    const database = await Database.open(url);
    try {
      const schema = await database.together(async (sql) => {
        await requireUnicode(sql, database.place);
        return openLedger(sql, account, database.place);
      });
      return new PostgresStore(database, schema, adding);
    } catch (error) {
      await database.close();
      throw error instanceof StoreBusyError ? new OutboxError(error.message) : error;
    }
  }

  get name(): string {
    return this.#database.place;
  }

  async time(): Promise<number> {
    const [row] = await this.#patiently(() =>
      this.#database.ask((sql) => sql.all(`SELECT greatest(highest, ${CLOCK}) AS now FROM outbox_ledger`)),
    );
    return number(row, "now");
  }

  status(): Promise<LedgerStatus> {
    return this.#patiently(() => this.#database.ask(readLedger));
  }

  async add(intents: readonly NewIntent[]): Promise<Added[]> {
    const added = await this.#patiently(() =>
      this.#database.together(async (sql) => {
        await sql.all(`SET LOCAL lock_timeout = ${Math.ceil(this.#adding)}`);
        return addIntents(sql, intents, this.#schema).catch((error: unknown) => {
          throw isLockTimeout(error) ? new OutboxError(BEING_ADDED) : error;
        });
      }),
    );
    if (added === "elsewhere") throw new Error("they were added in any transaction");
    return added;
  }

  /** Adds inside the caller's transaction. */
  addWith(connection: PostgresConnection, intent: NewIntent): Promise<Added> {
    return this.#callers.add(connection, intent);
  }

  /** Locks nothing: any number of processes may send. Checks what would make that unsafe. */
  async lockSender(): Promise<SenderLock> {
    await this.#patiently(() => this.#database.ask((sql) => requireDurable(sql, this.name)));
    await this.#decide(async () => undefined);
    return { release: () => undefined };
  }

  /** Other workers' leases are left alone. */
  begin(): Promise<void> {
    return this.#decide(async (sql) => {
      await sql.all("UPDATE outbox_intent SET due = 0 WHERE state = 'pending' AND due > 0");
      await sql.all("UPDATE outbox_intent SET due = 0 WHERE state = 'sending' AND due > 0");
      await sql.all("UPDATE outbox_ledger SET paused = NULL, held = NULL");
    });
  }

  async turn(turn: Turn): Promise<TurnResult> {
    const name = randomUUID();
    const mayClaim = turn.claim !== undefined && turn.claim.limit > 0;
    const doubtful = [...this.#doubtful];
    try {
      const result = await this.#database.decide(async (sql, ledger) => {
        const now = timeOf(ledger, turn.now);
        const restored = whyRestored(ledger, this.#memory) ?? optionalText(ledger, "stopped");
        if (restored !== undefined)
          await sql.all("UPDATE outbox_ledger SET stopped = coalesce(stopped, $1)", restored);
        const server = text(ledger, "server");
        const needsLook = mayClaim && restored === undefined && server !== this.#looked;
        const isUnderstood = number(ledger, "needs") <= KNOWN;
        const claim = restored === undefined && !needsLook && isUnderstood ? turn.claim : undefined;
        const claimant = { worker: this.#worker, turn: name };
        const taken = await takeTurn(sql, ledger, { ...turn, claim }, claimant, this.#turns, doubtful, now);
        return { ...taken, restored: restored ?? taken.restored, needsLook, ledger };
      });
      for (const one of doubtful) this.#doubtful.delete(one);
      for (const { attempt } of turn.answers) this.#turns.delete(attempt);
      for (const { attempt } of result.tickets) this.#turns.set(attempt, name);
      const { restored, ledger, mark, ...rest } = result;
      if (mayClaim) requireKnown(number(ledger, "needs"));
      if (restored === undefined) this.#memory = { uuid: text(ledger, "uuid"), mark };
      else if (mayClaim) throw new OutboxError(`${restored}. Nothing more is sent; run recover.`);
      return rest;
    } catch (error) {
      // If it was committed after all, nothing was sent, and the next transaction gives it back.
      if (mayClaim) this.#doubtful.add(name);
      throw error;
    }
  }

  witnessed(began: Reading): Promise<void> {
    return this.#decide(async (sql, ledger) => {
      await sql.all(
        "UPDATE outbox_ledger SET known_until = greatest(known_until, $1)",
        Math.trunc(began.ledger),
      );
      this.#looked = text(ledger, "server");
    });
  }

  pause(reason: string | undefined): Promise<void> {
    return this.#decide(async (sql) => {
      await sql.all("UPDATE outbox_ledger SET paused = $1", reason ?? null);
    });
  }

  stop(reason: string): Promise<void> {
    return this.#decide(async (sql) => {
      await sql.all("UPDATE outbox_ledger SET stopped = $1", reason);
    });
  }

  fold(found: readonly FoundObject[], now: Reading): Promise<Fold> {
    return this.#decide(async (sql, ledger) => {
      const known = await findKnown(sql, found);
      const rest = found.filter(({ id }) => !known.has(id));
      const folded = await sql.perform(fold(rest, timeOf(ledger, now)));
      return { ...folded, fates: folded.fates + known.size, own: folded.own + known.size };
    });
  }

  lookedUp(look: Look): Promise<void> {
    return this.perform(look.began, () => keepLook(look));
  }

  async keepEvent(id: string): Promise<void> {
    await this.#ask(`INSERT INTO outbox_event VALUES ($1, ${CLOCK}) ON CONFLICT DO NOTHING`, id);
  }

  async startOver(now: Reading): Promise<string[]> {
    const time = { ...now, ledger: await this.time() };
    return this.read(() => rowsToStartOver(time));
  }

  recover(now: Reading, quiet: number, who: string): Promise<number> {
    return this.#decide(async (sql, ledger) => {
      await sql.all("SET LOCAL statement_timeout = 0");
      await sql.all("SET LOCAL enable_seqscan = on");
      // Beyond all earlier marks, so that the same backup is detected again.
      const mark = Math.max(number(ledger, "mark"), this.#memory?.mark ?? 0) + 1;
      await sql.all(
        "UPDATE outbox_ledger SET stopped = NULL, paused = NULL, fingerprint = $1, mark = $2",
        text(ledger, "here"),
        mark,
      );
      const count = await sql.perform(giveUpAll(timeOf(ledger, now), quiet, who));
      await takeIntoUse(sql);
      this.#memory = { uuid: text(ledger, "uuid"), mark };
      return count;
    }, OF_ALL_ROWS);
  }

  tend(every: number): Promise<boolean> {
    return this.#decide(async (sql, ledger) => {
      const now = number(ledger, "clock");
      if (now < number(ledger, "tended_at") + every) return false;
      await sql.all("UPDATE outbox_ledger SET tended_at = $1", now);
      return true;
    });
  }

  beat(news: WorkerNews): Promise<void> {
    return this.#database.ask((sql) => keepBeat(sql, this.#worker, news));
  }

  leave(): Promise<void> {
    return this.#database.ask((sql) => forgetWorker(sql, this.#worker));
  }

  workers(): Promise<Worker[]> {
    return this.#patiently(() => this.#database.ask(readWorkers));
  }

  close(): Promise<void> {
    return this.#database.close();
  }

  #ask(sql: string, ...values: readonly unknown[]): Promise<Row[]> {
    return this.#patiently(() => this.#database.ask((connection) => connection.all(sql, ...values)));
  }

  protected read<Result>(work: () => Work<Result>): Promise<Result> {
    return this.#patiently(() => this.#database.ask((sql) => sql.perform(work())));
  }

  protected perform<Result>(now: Reading, work: (time: Reading) => Work<Result>): Promise<Result> {
    return this.#decide((sql, ledger) => sql.perform(work(timeOf(ledger, now))));
  }

  /** One transaction that decides something, once the database is available. Stops a ledger that went back in time. */
  #decide<Result>(work: (sql: Sql, ledger: Row) => Promise<Result>, answering?: number): Promise<Result> {
    return this.#patiently(() =>
      this.#database.decide(async (sql, ledger) => {
        requireKnown(number(ledger, "needs"));
        const now = timeOf(ledger, { ledger: 0, server: undefined });
        await sql.all(
          "UPDATE outbox_ledger SET highest = greatest(highest, $1), stopped = coalesce(stopped, $2)",
          now.ledger,
          whyRestored(ledger, this.#memory) ?? null,
        );
        return work(sql, ledger);
      }, answering),
    );
  }

  async #patiently<Result>(work: () => Promise<Result>): Promise<Result> {
    const end = performance.now() + PATIENCE;
    for (;;) {
      try {
        return await work();
      } catch (error) {
        if (!(error instanceof StoreBusyError) || error instanceof StoreFullError) throw error;
        if (performance.now() > end) throw error;
      }
      await sleep(50 + Math.random() * 200);
    }
  }
}

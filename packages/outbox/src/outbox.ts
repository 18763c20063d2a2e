import type { AnyIntent, Broken, Composer } from "./api/composer.ts";
import type { CallName, IntentOf } from "./call-types.ts";
import { collect } from "./collect.ts";
import { type Comparison, compare } from "./compare.ts";
import { type Decision, Decisions, type Moved, type RetryOptions, type SettleOptions } from "./decisions.ts";
import type { Context } from "./engine/context.ts";
import { Follower, type ReceivedEvent } from "./engine/follow.ts";
import { lookUp } from "./engine/look-up.ts";
import { readFollowUps } from "./engine/read-follow-ups.ts";
import { type Counts, type Summary, Tallies } from "./engine/summary.ts";
import type { HistoryEntry, Intent, NewIntent, State } from "./ledger/intent.ts";
import { OutboxError } from "./outbox-error.ts";
import { run } from "./sending/run.ts";
import type { SendingOptions, WorkOptions } from "./sending/sending-options.ts";
import { type Worked, work } from "./sending/work.ts";
import type { Added, Move } from "./store/changes.ts";
import type { PostgresConnection } from "./store/postgres/connection/sql.ts";
import { PostgresStore } from "./store/postgres/postgres-store.ts";
import { otherClient } from "./store/rules/settings.ts";
import type { LogEntry } from "./store/settings.ts";
import type { SqliteConnection } from "./store/sqlite/sql.ts";
import { SqliteStore } from "./store/sqlite/sqlite-store.ts";
import type { FateTally, LedgerStatus, Worker } from "./store/status.ts";

/** How many intents are added in one transaction. */
const BATCH = 1_000;

/** Sends everything added to it exactly once. */
export class Outbox {
  readonly #context: Context;
  readonly #composer: Composer;
  readonly #follower: Follower;
  readonly #decisions: Decisions;

  /** @internal */
  constructor(context: Context, composer: Composer) {
    this.#context = context;
    this.#composer = composer;
    this.#follower = new Follower(context);
    this.#decisions = new Decisions(context, composer);
  }

  /**
   * Adds something to send. It is on disk when this returns. The same ID with the same content is the same intent.
   * @throws OutboxError if the ID is known with different content, or the content breaks a rule of the spec
   */
  async add<Name extends CallName>(intent: IntentOf<Name>): Promise<Added> {
    const [added] = await this.addAll([intent]);
    if (added === undefined) throw new Error("nothing was added");
    return requireSame(added, intent);
  }

  /**
   * Adds inside your own transaction: what you write and what is to be sent are committed together, or not at all. The
   * connection must be open on the outbox's file. With a store in PostgreSQL, it is a `pg` client that is connected to the
   * outbox's database, and not a pool.
   * @throws OutboxError as `add` does, and if no transaction is open. The transaction stays open after an error: roll it
   * back, or what you wrote is committed without the row
   * @example
   * ```ts
   * await client.query("BEGIN");
   * try {
   *   await client.query("INSERT INTO orders (id, total) VALUES ($1, $2)", [id, total]);
   *   await outbox.addWithin(client, { id, call, body });
   *   await client.query("COMMIT");
   * } catch (error) {
   *   await client.query("ROLLBACK");
   *   throw error;
   * }
   * ```
   */
  addWithin<Name extends CallName>(connection: SqliteConnection, intent: IntentOf<Name>): Added;
  /** The same in PostgreSQL. Await it before you commit. */
  addWithin<Name extends CallName>(client: PostgresConnection, intent: IntentOf<Name>): Promise<Added>;
  addWithin<Name extends CallName>(
    connection: SqliteConnection | PostgresConnection,
    intent: IntentOf<Name>,
  ): Added | Promise<Added> {
    const { store, clock } = this.#context;
    if (store instanceof PostgresStore && "query" in connection) {
      return this.#addWithClient(store, connection, intent);
    }
    if (store instanceof SqliteStore && "prepare" in connection) {
      const made = this.#composer.compose(intent);
      return requireSame(store.addWith(connection, made, clock.wall()), intent);
    }
    throw new OutboxError("This store needs another kind of connection.");
  }

  /** Reports every problem by rejecting its promise. */
  async #addWithClient(store: PostgresStore, client: PostgresConnection, intent: AnyIntent): Promise<Added> {
    return requireSame(await store.addWith(client, this.#composer.compose(intent)), intent);
  }

  /** Adds many. Those whose ID is known with different content are not changed, but reported. */
  async addAll(intents: Iterable<AnyIntent> | AsyncIterable<AnyIntent>): Promise<Added[]> {
    return await collect(this.addEach(intents));
  }

  /** Adds one after the other, any number. Whatever is reported as added is on disk. */
  async *addEach(intents: Iterable<AnyIntent> | AsyncIterable<AnyIntent>): AsyncIterable<Added> {
    const { store, clock } = this.#context;
    let batch: NewIntent[] = [];
    for await (const intent of intents) {
      batch.push(this.#composer.compose(intent));
      if (batch.length < BATCH) continue;
      yield* await store.add(batch, clock.wall());
      batch = [];
    }
    if (batch.length > 0) yield* await store.add(batch, clock.wall());
  }

  /** What a row would pay, and the rules of the spec that it breaks. Nothing is changed. */
  check(intent: AnyIntent): { readonly amount: number; readonly broken: readonly Broken[] } {
    const { intent: made, broken } = this.#composer.check(intent);
    return { amount: made.amount, broken };
  }

  /** What the store knows about these rows. Nothing is changed. */
  compare(intents: Iterable<AnyIntent>): Promise<Comparison> {
    return compare(this.#context.store, this.#composer, intents);
  }

  /**
   * Sends until each row is decided, or something stops it: its signal, a lack of funds, a limit, an unavailable API.
   * @throws OutboxError if nothing may be sent at all; nothing was sent then
   */
  run(options: SendingOptions = {}): Promise<Summary> {
    return run(this.#context, {
      ...options,
      startOver: async (id) => void (await this.#decisions.renew(id, {})),
    });
  }

  /**
   * Sends existing and new rows until its signal stops it or nothing can be sent any more, as one of any number of
   * workers on any number of machines. Needs a store in PostgreSQL. Waits while the database is down or the account
   * lacks funds.
   * @throws OutboxError if nothing may be sent at all
   */
  work(options: WorkOptions = {}): Promise<Worked> {
    return work(this.#context, options, async (id) => void (await this.#decisions.renew(id, {})));
  }

  /**
   * Why `run` would refuse the client; `undefined` if it would not.
   * @internal
   */
  async whyOtherClient(): Promise<string | undefined> {
    const { client } = await this.#context.store.status();
    const own = await this.#context.client();
    return client === undefined || client === own ? undefined : `${otherClient(client, own)}.`;
  }

  /** The recently active workers. */
  workers(): Promise<Worker[]> {
    return this.#context.store.workers();
  }

  /** The store's name, safe to show: without a password. */
  get store(): string {
    return this.#context.store.name;
  }

  /**
   * Prepares a row that was refused, or that a person settled as not paid, to be sent again: with a new key, and new
   * content if given. It is looked up once more first. `run` sends it.
   * @throws OutboxError while its last request may still be carried out, or if the list shows that it was
   */
  retry(id: string, options: RetryOptions = {}): Promise<Move> {
    return this.#decisions.retry(id, options);
  }

  /**
   * The same for many, with one pass over the list. Rows that cannot be sent again yet are left out, with the reason.
   */
  retryAll(
    rows: Iterable<{ readonly id: string; readonly body?: unknown }>,
    decision: Partial<Decision> = {},
  ): Promise<Moved> {
    return this.#decisions.retryAll(rows, decision);
  }

  /**
   * Settles every unresolved row as not paid if that is safe, with one pass over the list: the rows that the list would
   * show, if it has shown others. The rest need a person who knows the row.
   */
  settleAllAsNotPaid(decision: Decision): Promise<Moved> {
    return this.#decisions.settleAllAsNotPaid(decision);
  }

  /**
   * Records what a person found out about an unresolved row. 'Not paid' is only accepted once the last request can no
   * longer be carried out, and after a check of the list that did not find it.
   */
  settle(id: string, outcome: "paid" | "not-paid", options: SettleOptions): Promise<Move> {
    return this.#decisions.settle(id, outcome, options);
  }

  /**
   * Records that a person has looked at the alarm of a row, and clears it. The same finding does not raise it again.
   * @returns the text of the alarm
   * @throws OutboxError if the row has no alarm
   */
  acknowledge(id: string, decision: Decision): Promise<string> {
    return this.#decisions.acknowledge(id, decision);
  }

  /**
   * Handles an event of the API: retrieves its object and stores what that says. The event itself is not trusted, and
   * may come late, twice or not at all.
   */
  apply(event: ReceivedEvent): Promise<void> {
    return this.#follower.apply(event);
  }

  /** Reads the lists back, and stores what happened to every row. */
  async readBack(): Promise<void> {
    const { oldest } = await this.#context.store.status();
    if (oldest === undefined) return;
    await lookUp(this.#context, oldest, "all");
    await readFollowUps(this.#context);
  }

  /**
   * Puts a store back into use that was restored from a backup, copied or moved. Everything that was not accepted may
   * have been sent since, so it becomes unresolved.
   * @returns how many rows became unresolved
   */
  recover(decision: Decision): Promise<number> {
    return this.#decisions.recover(decision);
  }

  /** The number of rows in each state, and their total amount. */
  async counts(): Promise<Counts> {
    return new Tallies(await this.#context.store.tally()).counts;
  }

  /** What happened to the accepted rows, in the API's terms, as far as it was read back. */
  fates(): Promise<FateTally[]> {
    return this.#context.store.fates();
  }

  /** What the store is, and what keeps it from sending. */
  status(): Promise<LedgerStatus> {
    return this.#context.store.status();
  }

  /** The row with this ID; `undefined` if there is none. */
  find(id: string): Promise<Intent | undefined> {
    return this.#context.store.find(id);
  }

  /** Rows in the order in which they were added. */
  list(...states: readonly State[]): AsyncIterable<Intent> {
    return this.#context.store.list(states.length === 0 ? undefined : states);
  }

  /** Rows that a person has to look at first: for instance, the API made two objects for one. */
  alarms(): Promise<Intent[]> {
    return this.#context.store.alarms();
  }

  /** Everything that happened to a row, oldest first. */
  history(id: string): Promise<HistoryEntry[]> {
    return this.#context.store.history(id);
  }

  /** The settings of the store as people changed them: limits, and the client that sends. Oldest first. */
  log(): Promise<LogEntry[]> {
    return this.#context.store.log();
  }

  /** Closes the store. Stop runs and workers first. */
  close(): Promise<void> {
    return this.#context.store.close();
  }

  /** Same as `close()`, for `await using`. */
  [Symbol.asyncDispose](): Promise<void> {
    return this.close();
  }
}

function requireSame(added: Added, { call, body }: { readonly call: string; readonly body: unknown }): Added {
  if (added.outcome !== "differs") return added;
  throw new OutboxError(
    `${added.id} is known with different content, and is ${added.state}. Before: ${added.call} ${added.given}. Now: ${call} ${JSON.stringify(body)}. ` +
      "One ID is sent once; to send a row again that was refused or settled as not paid, use retry.",
  );
}

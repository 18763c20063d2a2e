import type { AnyIntent, Broken, Composer } from "./api/composer.ts";
import type { CallName, IntentOf } from "./call-types.ts";
import { collect } from "./collect.ts";
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
import { PostgresStore } from "./store/postgres/postgres-store.ts";
import type { PostgresConnection } from "./store/postgres/sql.ts";
import { otherClient } from "./store/rules/settings.ts";
import type { SqliteConnection } from "./store/sqlite/sql.ts";
import { SqliteStore } from "./store/sqlite/sqlite-store.ts";
import type { Added, FateTally, LedgerStatus, LogEntry, Move, Worker } from "./store/store.ts";

/** How many intents are added in one transaction. */
const BATCH = 1_000;

/** How many differences are shown. More are only counted. */
const MOST = 100;

/** An ID that is known with other content. */
export interface Difference {
  /** Your own ID. */
  readonly id: string;
  /** The state of the row that is there. */
  readonly state: State;
  /** The call that it was added with, and the one that is given now. */
  readonly calls: { readonly before: string; readonly now: string };
  /** What was given before, as JSON. */
  readonly given: string;
  /** What is given now, as JSON. */
  readonly now: string;
}

/** What a store knows of rows. */
export interface Comparison {
  /** Rows that are there already, with the same content. */
  readonly known: Counts;
  /** How many rows have an ID that is there with other content. */
  readonly differ: number;
  /** The first of those. */
  readonly differences: readonly Difference[];
}

/** Sends what is added to it once each. */
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
   * Adds what is to be sent. It is on the disk when this returns. The same ID with the same content is the same intent.
   * @throws OutboxError when the ID is known with other content, or the content breaks a rule of the spec
   */
  async add<Name extends CallName>(intent: IntentOf<Name>): Promise<Added> {
    const [added] = await this.addAll([intent]);
    if (added === undefined) throw new Error("nothing was added");
    return requireSame(added, intent);
  }

  /**
   * Adds inside a transaction of your own: what you write and what is to be sent are committed together, or not at all.
   * The connection has to be open on the outbox's file. With a store in PostgreSQL, it is a client of `pg` that is
   * connected to the outbox's database, and no pool.
   * @throws OutboxError as `add` does, and where no transaction is open. The transaction goes on after a refusal; roll it
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
    const made = this.#composer.compose(intent);
    if (store instanceof PostgresStore && "query" in connection) {
      return store.addWith(connection, made).then((added) => requireSame(added, intent));
    }
    if (store instanceof SqliteStore && "prepare" in connection) {
      return requireSame(store.addWith(connection, made, clock.wall()), intent);
    }
    throw new OutboxError("This store takes another kind of connection.");
  }

  /** Adds many. Those whose ID is known with other content are left alone, and said so. */
  async addAll(intents: Iterable<AnyIntent> | AsyncIterable<AnyIntent>): Promise<Added[]> {
    return await collect(this.addEach(intents));
  }

  /** Adds one after the other, as many as there may be. What was said to be added is on the disk. */
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

  /** What the store knows of these rows. Nothing is changed. */
  async compare(intents: Iterable<AnyIntent>): Promise<Comparison> {
    const known = new Tallies([]);
    const differences: Difference[] = [];
    let differ = 0;
    for (const intent of intents) {
      const found = await this.#context.store.find(intent.id);
      if (found === undefined) continue;
      const { digest, given } = this.#composer.compose(intent);
      const { id, state, amount } = found;
      if (found.digest === digest && found.call === intent.call) {
        known.add(state, 1, amount);
        continue;
      }
      differ += 1;
      if (differ <= MOST) {
        const calls = { before: found.call, now: intent.call };
        differences.push({ id, state, calls, given: found.given, now: given });
      }
    }
    return { known: known.counts, differ, differences };
  }

  /**
   * Sends until each row is decided, or something stops it: its signal, a lack of funds, a limit, an API that is gone.
   * @throws OutboxError when nothing may be sent at all; nothing was sent then
   */
  run(options: SendingOptions = {}): Promise<Summary> {
    return run(this.#context, {
      ...options,
      startOver: async (id) => void (await this.#decisions.renew(id, {})),
    });
  }

  /**
   * Sends what is there and what is added, until its signal stops it or nothing can be sent any more: as one of any number
   * of workers on any number of machines. Takes a store in PostgreSQL. A database that is away, and an account that lacks
   * the money, are waited for.
   * @throws OutboxError when nothing may be sent at all
   */
  work(options: WorkOptions = {}): Promise<Worked> {
    return work(this.#context, options, async (id) => void (await this.#decisions.renew(id, {})));
  }

  /**
   * Why `run` would refuse the client; `undefined` where it would not.
   * @internal
   */
  async whyOtherClient(): Promise<string | undefined> {
    const { client } = await this.#context.store.status();
    const own = await this.#context.client();
    return client === undefined || client === own ? undefined : `${otherClient(client, own)}.`;
  }

  /** The workers that were heard of lately. */
  workers(): Promise<Worker[]> {
    return this.#context.store.workers();
  }

  /** The store, as it may be shown: without a password. */
  get store(): string {
    return this.#context.store.name;
  }

  /**
   * Sends a row again that was refused, or that a person has settled as not paid: with a new key, and with other content
   * if that is given. It is looked up once more before. `run` sends it.
   * @throws OutboxError while its last request may still be carried out, or when the list shows that it was
   */
  retry(id: string, options: RetryOptions = {}): Promise<Move> {
    return this.#decisions.retry(id, options);
  }

  /** The same for many, with one look into the list. Rows that cannot be sent again yet are left out, with the reason. */
  retryAll(
    rows: Iterable<{ readonly id: string; readonly body?: unknown }>,
    decision: Partial<Decision> = {},
  ): Promise<Moved> {
    return this.#decisions.retryAll(rows, decision);
  }

  /**
   * Settles every unresolved row as not paid that may be, with one look into the list: those that it would show, in a list
   * that has shown others. The rest is for a person who knows of the row.
   */
  settleAllAsNotPaid(decision: Decision): Promise<Moved> {
    return this.#decisions.settleAllAsNotPaid(decision);
  }

  /**
   * Keeps what a person has found out about an unresolved row. 'Not paid' is only taken once the last request can no
   * longer be carried out, and after a look into the list that did not find it.
   */
  settle(id: string, outcome: "paid" | "not-paid", options: SettleOptions): Promise<Move> {
    return this.#decisions.settle(id, outcome, options);
  }

  /**
   * Keeps that a person has looked at the alarm of a row, which is then none any more. The same finding does not raise it
   * again.
   * @returns what the alarm said
   * @throws OutboxError when the row has no alarm
   */
  acknowledge(id: string, decision: Decision): Promise<string> {
    return this.#decisions.acknowledge(id, decision);
  }

  /**
   * Takes in an event of the API: its object is retrieved, and what that says is kept. What the event itself says is not
   * believed, and it may come late, twice or not at all.
   */
  apply(event: ReceivedEvent): Promise<void> {
    return this.#follower.apply(event);
  }

  /** Reads the lists back, and keeps what became of every row. */
  async readBack(): Promise<void> {
    const { oldest } = await this.#context.store.status();
    if (oldest === undefined) return;
    await lookUp(this.#context, oldest, "all");
    await readFollowUps(this.#context);
  }

  /**
   * Takes a store into use that was restored from a backup, copied or moved. Everything but what was accepted may have
   * been sent since, so it becomes unresolved.
   * @returns how many rows that was
   */
  recover(decision: Decision): Promise<number> {
    return this.#decisions.recover(decision);
  }

  /** How many rows there are of each state, and how much they pay together. */
  async counts(): Promise<Counts> {
    return new Tallies(await this.#context.store.tally()).counts;
  }

  /** What became of the rows that were accepted, in the API's words, as far as that was read back. */
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

  /** Rows that a person has to look at first: the API made two objects of one, for instance. */
  alarms(): Promise<Intent[]> {
    return this.#context.store.alarms();
  }

  /** Everything that happened to a row, oldest first. */
  history(id: string): Promise<HistoryEntry[]> {
    return this.#context.store.history(id);
  }

  /** What people have set for the whole store: limits, and the client that sends. Oldest first. */
  log(): Promise<LogEntry[]> {
    return this.#context.store.log();
  }

  /** Closes the store. Stop what runs first. */
  close(): Promise<void> {
    return this.#context.store.close();
  }

  /** Does what `close()` does, for `await using`. */
  [Symbol.asyncDispose](): Promise<void> {
    return this.close();
  }
}

function requireSame(added: Added, { call, body }: { readonly call: string; readonly body: unknown }): Added {
  if (added.outcome !== "differs") return added;
  throw new OutboxError(
    `${added.id} is known with other content, and is ${added.state}. Before: ${added.call} ${added.given}. Now: ${call} ${JSON.stringify(body)}. ` +
      "One ID is sent once; a row that was refused, or settled as not paid, is sent again by retry.",
  );
}

import type { AnyIntent, Composer } from "./api/composer.ts";
import type { CallName, IntentOf } from "./call-types.ts";
import type { Context } from "./engine/context.ts";
import { Follower, type ReceivedEvent } from "./engine/follow.ts";
import { listedKinds, lookUp } from "./engine/look-up.ts";
import { run } from "./engine/run.ts";
import type { SendingOptions } from "./engine/sending.ts";
import { type Counts, type Summary, Tallies } from "./engine/summary.ts";
import type { HistoryEntry, Intent, NewIntent, State } from "./ledger/intent.ts";
import { OutboxError } from "./outbox-error.ts";
import type { SqliteConnection } from "./store/sqlite/sql.ts";
import { SqliteStore } from "./store/sqlite/sqlite-store.ts";
import type { Added, LedgerStatus, Move } from "./store/store.ts";

/** How many intents are added in one transaction. */
const BATCH = 1_000;

/** Who decides, and why. */
export interface Decision {
  /** Who it was; kept in the history. */
  readonly who: string;
  /** Why; kept in the history. */
  readonly note?: string | undefined;
}

export interface SettleOptions extends Decision {
  /** The ID of what the API made, where it is known. */
  readonly object?: string | undefined;
}

export interface RetryOptions extends Partial<Decision> {
  /** Corrected content. @default what was given before */
  readonly body?: unknown;
}

/** An ID that is known with other content. */
export interface Difference {
  readonly id: string;
  readonly state: State;
  /** What was given before, as JSON. */
  readonly given: string;
  /** What is given now, as JSON. */
  readonly now: string;
}

/** What became of many rows at once. */
export interface Moved {
  readonly moved: readonly Move[];
  /** Rows that were left as they are, and why. */
  readonly left: readonly { readonly id: string; readonly reason: string }[];
}

/** Sends what is added to it once each. */
export class Outbox {
  readonly #context: Context;
  readonly #composer: Composer;
  readonly #follower: Follower;

  constructor(context: Context, composer: Composer) {
    this.#context = context;
    this.#composer = composer;
    this.#follower = new Follower(context);
  }

  /**
   * Adds what is to be sent. It is on the disk when this returns. The same ID with the same content is the same intent.
   * @throws OutboxError when the ID is known with other content, or the content breaks a rule of the spec
   */
  async add<Name extends CallName>(intent: IntentOf<Name>): Promise<Added> {
    const [added] = await this.addAll([intent]);
    if (added === undefined) throw new Error("nothing was added");
    return requireSame(added, intent.body);
  }

  /**
   * Adds inside a transaction of your own: what you write and what is to be sent are committed together, or not at all.
   * The connection has to be open on the file of the outbox.
   */
  addWithin<Name extends CallName>(connection: SqliteConnection, intent: IntentOf<Name>): Added {
    const { store, clock } = this.#context;
    if (!(store instanceof SqliteStore))
      throw new OutboxError("This store takes another kind of connection.");
    return requireSame(store.addWith(connection, this.#composer.compose(intent), clock.wall()), intent.body);
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

  /** Which of them have IDs that are known with other content. Nothing is changed. */
  async differences(intents: Iterable<AnyIntent>): Promise<Difference[]> {
    const found: Difference[] = [];
    for (const intent of intents) {
      const known = await this.#context.store.find(intent.id);
      if (known === undefined) continue;
      const { digest, given } = this.#composer.compose(intent);
      if (known.digest === digest && known.call === intent.call) continue;
      found.push({ id: intent.id, state: known.state, given: known.given, now: given });
    }
    return found;
  }

  /**
   * Sends until each row is decided, or something stops it: its signal, a lack of funds, a limit, an API that is gone.
   * @throws OutboxError when nothing may be sent at all; nothing was sent then
   */
  run(options: SendingOptions = {}): Promise<Summary> {
    return run(this.#context, { ...options, startOver: async (id) => void (await this.#renew(id, {})) });
  }

  /**
   * Sends a row again that was refused, or that a person has settled as not paid: with a new key, and with other content
   * if that is given. It is looked up once more before. `run` sends it.
   * @throws OutboxError while its last request may still be carried out, or when the list shows that it was
   */
  async retry(id: string, options: RetryOptions = {}): Promise<Move> {
    const intent = await this.#require(id);
    await this.#look([intent]);
    return this.#renew(id, options);
  }

  /** The same for many, with one look into the list. Rows that cannot be sent again yet are left out, with the reason. */
  async retryAll(
    rows: Iterable<{ readonly id: string; readonly body?: unknown }>,
    decision: Partial<Decision> = {},
  ): Promise<Moved> {
    const wanted = [...rows];
    await this.#look(await Promise.all(wanted.map(({ id }) => this.#require(id))));
    return moveEach(wanted, ({ id, body }) => this.#renew(id, { ...decision, body }));
  }

  /** Settles every unresolved row as not paid that may be, with one look into the list. */
  async settleAllAsNotPaid({ who, note }: Decision): Promise<Moved> {
    const { store, serverClock } = this.#context;
    await this.#look(await collect(this.list("unresolved")));
    const now = serverClock.read();
    return moveEach(await collect(this.list("unresolved")), ({ id }) =>
      store.settle({ id, paid: false, who, note, object: undefined }, now),
    );
  }

  /**
   * Keeps what a person has found out about an unresolved row. 'Not paid' is only taken once the last request can no
   * longer be carried out, and after a look into the list that did not find it.
   */
  async settle(id: string, outcome: "paid" | "not-paid", options: SettleOptions): Promise<Move> {
    const intent = await this.#require(id);
    if (outcome === "not-paid") await this.#look([intent]);
    const now = this.#context.serverClock.read();
    const { who, note, object } = options;
    return this.#context.store.settle({ id, paid: outcome === "paid", who, note, object }, now);
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
    if (oldest !== undefined) await lookUp(this.#context, oldest);
  }

  /**
   * Takes a store into use that was restored from a backup, copied or moved. Everything but what was accepted may have
   * been sent since, so it becomes unresolved.
   * @returns how many rows that was
   */
  async recover({ who }: Decision): Promise<number> {
    const { store, serverClock, times } = this.#context;
    const { knownUntil } = await store.status();
    const lock = await store.lockSender();
    try {
      const before =
        listedKinds(this.#context).length > 0 ? await lookUp(this.#context, knownUntil) : undefined;
      const count = await store.recover(serverClock.read(), times.quiet + times.budget + times.timeout, who);
      if (before !== undefined) await lookUp(this.#context, knownUntil);
      return count;
    } finally {
      lock.release();
    }
  }

  /** How many rows there are of each state, and how much they pay together. */
  async counts(): Promise<Counts> {
    return new Tallies(await this.#context.store.tally()).counts;
  }

  status(): Promise<LedgerStatus> {
    return this.#context.store.status();
  }

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

  close(): Promise<void> {
    return this.#context.store.close();
  }

  [Symbol.asyncDispose](): Promise<void> {
    return this.close();
  }

  async #renew(id: string, { body, who, note }: RetryOptions): Promise<Move> {
    const { store, serverClock } = this.#context;
    const { call } = await this.#require(id);
    const words = note === undefined ? who : `${who ?? ""}: ${note}`;
    return store.retry(
      id,
      (generation, given) =>
        this.#composer.compose({ id, call, body: body ?? JSON.parse(given) }, generation),
      words,
      serverClock.read(),
    );
  }

  /** Looks for rows in the list, in one pass. */
  async #look(intents: readonly Intent[]): Promise<void> {
    const { api } = this.#context;
    const found = intents.filter((intent) => intent.findable && intent.firstAt !== undefined);
    const since = Math.min(...found.map(({ firstAt }) => firstAt ?? 0));
    const names = new Set(found.map(({ call }) => api.call(call).kind.name));
    const kinds = listedKinds(this.#context).filter(({ name }) => names.has(name));
    if (kinds.length > 0) await lookUp(this.#context, since, kinds);
  }

  async #require(id: string): Promise<Intent> {
    const intent = await this.#context.store.find(id);
    if (intent === undefined) throw new OutboxError(`There is no row with the ID ${JSON.stringify(id)}.`);
    return intent;
  }
}

async function collect<Item>(items: AsyncIterable<Item>): Promise<Item[]> {
  const all: Item[] = [];
  for await (const item of items) all.push(item);
  return all;
}

/** Does something to each row, and collects those that it cannot be done to. */
async function moveEach<Row extends { readonly id: string }>(
  rows: readonly Row[],
  work: (row: Row) => Promise<Move>,
): Promise<Moved> {
  const moved: Move[] = [];
  const left: { id: string; reason: string }[] = [];
  for (const row of rows) {
    try {
      moved.push(await work(row));
    } catch (error) {
      if (!(error instanceof OutboxError)) throw error;
      left.push({ id: row.id, reason: error.message });
    }
  }
  return { moved, left };
}

function requireSame(added: Added, body: unknown): Added {
  if (added.outcome !== "differs") return added;
  throw new OutboxError(
    `${added.id} is known with other content, and is ${added.state}. Before: ${added.given}. Now: ${JSON.stringify(body)}. ` +
      "One ID is sent once; a row that was refused, or settled as not paid, is sent again by retry.",
  );
}

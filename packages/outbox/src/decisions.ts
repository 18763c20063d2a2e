import type { Composer } from "./api/composer.ts";
import { collect } from "./collect.ts";
import type { Context } from "./engine/context.ts";
import { listedKinds, lookUp } from "./engine/look-up.ts";
import type { Intent } from "./ledger/intent.ts";
import { OutboxError } from "./outbox-error.ts";
import { requireRow } from "./require-row.ts";
import type { Move } from "./store/changes.ts";

/** Who decides, and why. */
export interface Decision {
  /** Who it was; kept in the history. */
  readonly who: string;
  /** Why; kept in the history. */
  readonly note?: string | undefined;
}

/** Options of `settle()`. */
export interface SettleOptions extends Decision {
  /** The ID of what the API created, if known. */
  readonly object?: string | undefined;
}

/** Options of `retry()`. */
export interface RetryOptions extends Partial<Decision> {
  /** Corrected content. @default the earlier content */
  readonly body?: unknown;
}

/** The result for many rows. */
export interface Moved {
  /** Rows whose state has changed. */
  readonly moved: readonly Move[];
  /** Rows that were left unchanged, and why. */
  readonly left: readonly { readonly id: string; readonly reason: string }[];
}

/** A person's decisions. Each waits for a check of the API's list, so that none contradicts the facts. */
export class Decisions {
  readonly #context: Context;
  readonly #composer: Composer;

  constructor(context: Context, composer: Composer) {
    this.#context = context;
    this.#composer = composer;
  }

  async retry(id: string, options: RetryOptions): Promise<Move> {
    const intent = await requireRow(this.#context.store, id);
    await this.#look([intent]);
    return this.renew(id, options);
  }

  async retryAll(
    rows: Iterable<{ readonly id: string; readonly body?: unknown }>,
    decision: Partial<Decision>,
  ): Promise<Moved> {
    const wanted = [...rows];
    await this.#look(await Promise.all(wanted.map(({ id }) => requireRow(this.#context.store, id))));
    return moveEach(wanted, ({ id, body }) => this.renew(id, { ...decision, body }));
  }

  async settleAllAsNotPaid({ who, note }: Decision): Promise<Moved> {
    const { store, serverClock } = this.#context;
    await this.#look(await collect(store.list(["unresolved"])));
    const now = serverClock.read();
    return moveEach(await collect(store.list(["unresolved"])), ({ id }) =>
      store.settle({ id, paid: false, who, note, object: undefined, byList: true }, now),
    );
  }

  async settle(
    id: string,
    outcome: "paid" | "not-paid",
    { who, note, object }: SettleOptions,
  ): Promise<Move> {
    const intent = await requireRow(this.#context.store, id);
    if (outcome === "not-paid") await this.#look([intent]);
    const now = this.#context.serverClock.read();
    return this.#context.store.settle(
      { id, paid: outcome === "paid", who, note, object, byList: false },
      now,
    );
  }

  acknowledge(id: string, { who, note }: Decision): Promise<string> {
    const { store, serverClock } = this.#context;
    return store.acknowledge({ id, who, note }, serverClock.read());
  }

  async recover({ who }: Decision): Promise<number> {
    const { store, serverClock, times } = this.#context;
    const { knownUntil } = await store.status();
    const lock = await store.lockSender();
    try {
      const before =
        listedKinds(this.#context).length > 0 ? await lookUp(this.#context, knownUntil, "all") : undefined;
      const count = await store.recover(serverClock.read(), times.quiet + times.budget + times.timeout, who);
      if (before !== undefined) await lookUp(this.#context, knownUntil, "all");
      return count;
    } finally {
      lock.release();
    }
  }

  /** Gives a row a new key, without another check. */
  async renew(id: string, { body, who, note }: RetryOptions): Promise<Move> {
    const { store, serverClock } = this.#context;
    const { call } = await requireRow(this.#context.store, id);
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
    if (kinds.length > 0) await lookUp(this.#context, since, "all", kinds);
  }
}

/** Applies something to each row, and collects those where it is not possible. */
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

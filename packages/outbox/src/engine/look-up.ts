import type { Kind } from "../api/kinds.ts";
import { roughTimeAt } from "../api/read-at.ts";
import type { Reading } from "../ledger/age.ts";
import { OutboxError } from "../outbox-error.ts";
import type { Move } from "../store/changes.ts";
import type { FoundObject, Look } from "../store/objects.ts";
import { type Context, readTime } from "./context.ts";
import { foundObject } from "./seen-object.ts";

/** The findings of a pass over the lists. */
export interface LookUp {
  readonly resolved: readonly Move[];
  /** Objects with this ledger's IDs that it has not sent. */
  readonly unknown: readonly FoundObject[];
  /** How many objects were read. */
  readonly read: number;
}

/** How far a list is read. */
export type Reach = "all" | "enough";

/**
 * Reads the lists back, once for all rows, and records what they show. What they do not show proves nothing.
 * @param since when the earliest relevant row was sent
 * @param reach `all`: to the end, before somebody relies on what is missing. `enough`: no further than `since`, if the
 * list starts with the newest
 * @param signal ends it
 * @throws OutboxError if the client's credentials change in the meantime, because its list is a different one
 */
export async function lookUp(
  context: Context,
  since: number,
  reach: Reach,
  kinds = listedKinds(context),
  signal?: AbortSignal,
): Promise<LookUp> {
  const { store, api, serverClock } = context;
  const resolved: Move[] = [];
  const unknown: FoundObject[] = [];
  const looks: Pick<Look, "calls" | "shows">[] = [];
  let read = 0;
  let began: Reading | undefined;
  const client = await context.client();
  for (const kind of kinds) {
    const start = await readTime(context);
    let shows = false;
    for await (const found of walk(context, kind, { since, reach, signal })) {
      if ((await context.client()) !== client) {
        throw new OutboxError("The client's credentials have changed since the start of the list.");
      }
      read += found.items;
      if (found.objects.length === 0) continue;
      const fold = await store.fold(found.objects, serverClock.read());
      resolved.push(...fold.resolved);
      unknown.push(...fold.unknown);
      shows ||= fold.own > 0;
    }
    // The first page has the API's time: that is when the pass began.
    began ??= { ledger: start.ledger, server: start.server ?? serverClock.read().server };
    const calls = api.calls.filter((call) => call.kind.name === kind.name).map((call) => call.name);
    looks.push({ calls, shows });
  }
  for (const look of looks) if (began !== undefined) await store.lookedUp({ ...look, client, since, began });
  return { resolved, unknown, read };
}

/** The kinds of objects that can be listed and found by our reference. */
export function listedKinds({ api }: Pick<Context, "api">): Kind[] {
  const kinds = new Map<string, Kind>();
  for (const { kind, referenceAt } of api.calls) {
    if (kind.list !== undefined && referenceAt !== undefined) kinds.set(kind.name, kind);
  }
  return [...kinds.values()];
}

interface Walked {
  readonly objects: readonly FoundObject[];
  readonly items: number;
}

/**
 * The pages of a list. One that certainly starts with the newest is only read as far back as needed, others to their
 * end.
 */
async function* walk(
  context: Context,
  kind: Kind,
  { since, reach, signal }: { since: number; reach: Reach; signal: AbortSignal | undefined },
): AsyncIterable<Walked> {
  const bound = since - context.times.lookBack;
  const seen = new Set<string>();
  const order = new Order();
  let after: string | undefined;
  do {
    const page = await context.reader.page(kind, after, signal);
    context.serverClock.tell(page.date);
    const created = page.items.map((item) => roughTimeAt(item, kind.createdAt));
    order.tell(created);
    const objects = page.items.flatMap((item) => foundObject(item, kind, context.api) ?? []);
    yield { objects, items: page.items.length };
    if (reach === "enough" && order.isNewestFirst && created.every((time) => time < bound)) return;
    after = page.next;
    if (after !== undefined && seen.has(after))
      throw new OutboxError(`The list of ${kind.name} does not end.`);
    if (after !== undefined) seen.add(after);
  } while (after !== undefined);
}

/** The order of a list, as far as it was read. */
class Order {
  #pages = 0;
  #first = Number.NaN;
  #last = Number.POSITIVE_INFINITY;
  #rises = false;

  /** Adds the times of a page, in its order. */
  tell(times: readonly number[]): void {
    this.#pages += 1;
    for (const time of times) {
      if (Number.isNaN(this.#first)) this.#first = time;
      if (!(time <= this.#last)) this.#rises = true;
      this.#last = time;
    }
  }

  /** Identical times, or a single page, say nothing about the order. */
  get isNewestFirst(): boolean {
    return this.#pages > 1 && !this.#rises && this.#last < this.#first;
  }
}

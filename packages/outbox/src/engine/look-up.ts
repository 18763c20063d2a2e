import type { Api } from "../api/calls.ts";
import { referenceIn } from "../api/compose.ts";
import type { Kind } from "../api/kinds.ts";
import { isJson, textAt } from "../api/read-at.ts";
import type { Reading } from "../ledger/age.ts";
import type { FoundObject, Move } from "../store/store.ts";
import type { Context } from "./context.ts";

/** What a pass over the lists has shown. */
export interface LookUp {
  readonly resolved: readonly Move[];
  /** Objects with IDs of this ledger that it has not sent. */
  readonly unknown: readonly FoundObject[];
  /** How many objects were read. */
  readonly read: number;
}

/**
 * Reads the lists back, once for all rows, and takes in what they show. What they do not show proves nothing.
 * @param since how far back what matters was sent
 */
export async function lookUp(context: Context, since: number, kinds = listedKinds(context)): Promise<LookUp> {
  const { store, api, serverClock } = context;
  const resolved: Move[] = [];
  const unknown: FoundObject[] = [];
  const calls: string[] = [];
  let read = 0;
  let began: Reading | undefined;
  for (const kind of kinds) {
    const start = serverClock.read();
    for await (const found of walk(context, kind, since)) {
      read += found.items;
      const fold = await store.fold(found.objects, serverClock.read());
      resolved.push(...fold.resolved);
      unknown.push(...fold.unknown);
    }
    // The first page has told the API's time: that is when the pass began.
    began ??= { ledger: start.ledger, server: start.server ?? serverClock.read().server };
    calls.push(...api.calls.filter((call) => call.kind.name === kind.name).map((call) => call.name));
  }
  if (began !== undefined) await store.lookedUp(calls, since, began);
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
 * The pages of a list, as far back as what matters. A list that does not seem to begin with the newest is read to its
 * end.
 */
async function* walk(context: Context, kind: Kind, since: number): AsyncIterable<Walked> {
  const bound = since - context.times.lookBack;
  const seen = new Set<string>();
  let last = Number.POSITIVE_INFINITY;
  let isNewestFirst = true;
  let after: string | undefined;
  do {
    const page = await context.reader.page(kind, after);
    context.serverClock.tell(page.date);
    const objects: FoundObject[] = [];
    for (const item of page.items) {
      const created = timeOf(textAt(item, kind.createdAt));
      isNewestFirst &&= created <= last;
      last = created;
      const object = foundObject(item, kind, context.api);
      if (object !== undefined && !(created < bound)) objects.push(object);
    }
    yield { objects, items: page.items.length };
    if (isNewestFirst && last < bound) return;
    after = page.next;
    if (after !== undefined && seen.has(after)) throw new Error(`the list of ${kind.name} does not end`);
    if (after !== undefined) seen.add(after);
  } while (after !== undefined);
}

/** A time that the API wrote. Without a zone it is taken for UTC: how far back one looks covers the doubt. */
function timeOf(text: string | undefined): number {
  if (text === undefined) return Number.NaN;
  return Date.parse(/(Z|[+-]\d\d:?\d\d)$/i.test(text) ? text : `${text}Z`);
}

/** What an item of a list is, if it carries our reference. */
export function foundObject(
  item: unknown,
  kind: Kind,
  { calls }: Pick<Api, "calls">,
): FoundObject | undefined {
  const id = textAt(item, kind.idAt);
  const marker = isJson(item) ? referenceIn(item, kind.referenceAt) : undefined;
  if (id === undefined || marker === undefined) return undefined;
  const makers = calls.filter((call) => call.kind.name === kind.name).map(({ name }) => name);
  return { kind: kind.name, id, fate: textAt(item, kind.fateAt), calls: makers, ...marker };
}

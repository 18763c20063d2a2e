import { Failure } from "../errors/failure.ts";
import type { ApiCall } from "../runtime/api-call.ts";
import type { CallOptions } from "../runtime/call-options.ts";
import { fillPath } from "../runtime/fill-path.ts";
import { valueAt } from "../runtime/json.ts";
import type { Client, Cursor, Operation } from "../runtime/operation.ts";

/** A list call: a promise of its first page, and an async iterable of the items of all pages. */
export interface ApiList<Page, Item> extends ApiCall<Page>, AsyncIterable<Item> {
  /** All pages, from the first one on. Each is requested when the loop reaches it. */
  pages(): AsyncIterable<Page>;
}

/**
 * Requests the first page of a list. The others are requested when a loop reaches them, with the same options.
 * @internal
 */
export function list<Page, Item>(
  call: Client,
  operation: Operation,
  query: object | undefined,
  options: CallOptions | undefined,
  path?: object,
): ApiList<Page, Item> {
  // A loop may take long, and the caller may change these objects in the meantime for other calls.
  const [given, kept] = [{ ...query }, { ...options }];
  const ask = (asked: object): ApiCall<Page> =>
    call(operation, kept, undefined, () => fillPath(operation, path, asked));
  const first = ask(given);
  // A loop over it may begin when it has failed already, and hears of it then.
  first.catch(() => {});
  const pages = () => walk(operation, given, first, ask);
  return Object.assign(first, {
    pages,
    async *[Symbol.asyncIterator](): AsyncGenerator<Item> {
      for await (const page of pages()) {
        const items = itemsOf<Item>(operation, page);
        // Going backwards starts with the last item before the cursor.
        yield* isBackwards(operation, given) ? [...items].reverse() : items;
      }
    },
  });
}

async function* walk<Page>(
  operation: Operation,
  query: object,
  first: ApiCall<Page>,
  ask: (query: object) => ApiCall<Page>,
): AsyncGenerator<Page> {
  const { id, before, after } = operation;
  const isBack = isBackwards(operation, query);
  const cursor = isBack ? before : after;
  const seen = new Set<unknown>([null]);
  for (let page = first, asked = query; ; page = ask(asked)) {
    const content = await page;
    // Before the page is handed out, because the receiver may change it.
    const next = cursor && nextValue(operation, cursor, content, isBack);
    if (cursor) seen.add(valueAt(asked, [cursor.parameter]));
    yield content;
    if (cursor === undefined || next === undefined) return;
    if (seen.has(next)) {
      throw new Failure(`the list goes on, but ${next} leads to no new page`, {
        name: "UnreadableAnswerError",
        operation: id,
        outcome: "rejected",
      });
    }
    asked = { ...query, [cursor.parameter]: next };
  }
}

function isBackwards({ before }: Operation, query: object): boolean {
  return before !== undefined && (valueAt(query, [before.parameter]) ?? undefined) !== undefined;
}

function itemsOf<Item>({ itemsAt = [] }: Operation, page: unknown): readonly Item[] {
  const items = itemsAt.length > 0 ? valueAt(page, itemsAt) : page;
  return Array.isArray(items) ? items : [];
}

/** The value that leads to the next page; `undefined` on the last one. */
function nextValue(
  operation: Operation,
  { at, itemAt = [] }: Cursor,
  page: unknown,
  isBack: boolean,
): string | number | undefined | null {
  const items = itemsOf(operation, page);
  const { moreAt } = operation;
  // A page may be empty and yet not the last one.
  if (moreAt ? valueAt(page, moreAt) !== true : items.length === 0) return undefined;
  const value = at ? (valueAt(page, at) ?? undefined) : valueAt(items.at(isBack ? 0 : -1), itemAt);
  return (at && !moreAt && value === undefined) || typeof value === "string" || typeof value === "number"
    ? value
    : null;
}

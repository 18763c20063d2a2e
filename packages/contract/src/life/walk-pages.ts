import { getAt, type Json, type Lists, type Page } from "@dots-payouts/openapi";
import type { BrokenPromise } from "../expectations/broken-promise.ts";
import { expectSuccess } from "../expectations/expect-answer.ts";
import { type Exchange, isAnswer, parseJson } from "../http/request.ts";
import { makeRequest } from "../requests/make-request.ts";
import type { Context } from "../suite/context.ts";
import type { TestedOperation } from "../suite/tested-operation.ts";

/** The most pages that are read: a list may be long. */
const PAGES = 60;
/** The number of short pages, until what is looked for was found: more page ends test more. */
const SHORT_PAGES = 20;
const SHORT = 2;

export interface SeenPage {
  readonly items: readonly Json[];
  /** Whether there is more in this direction; `undefined` if the page does not say. */
  readonly more: boolean | undefined;
  /** How many items were requested; `undefined` if not specified. */
  readonly limit: number | undefined;
  readonly exchange: Exchange;
}

export interface Walk {
  readonly pages: readonly SeenPage[];
  /** Whether the walk reached the end of the list. */
  readonly ended: boolean;
  /** What is wrong with an answer, or with its cursor. */
  readonly broken: readonly BrokenPromise[];
}

export interface WalkOptions {
  readonly direction: "after" | "before";
  /** Where to start @default the start of the list */
  readonly from?: string;
  /** IDs to look for: pages are short until they were found. */
  readonly wanted: readonly string[];
  /** Continue to the end after they were found. */
  readonly toTheEnd: boolean;
  /** The most items that a page can have. */
  readonly largest: number;
  /** Runs between two pages. */
  readonly between?: () => Promise<unknown>;
}

/** Walks the pages of a list in one direction. */
export async function walkPages(
  context: Context,
  lister: TestedOperation,
  role: Lists,
  options: WalkOptions,
): Promise<Walk> {
  const pages: SeenPage[] = [];
  const wanted = new Set(options.wanted);
  const cursors = new Set<string>();
  let cursor = options.from;
  for (let number = 0; number < PAGES; number += 1) {
    const limit = wanted.size > 0 && number < SHORT_PAGES ? SHORT : options.largest;
    const { exchange, body, broken } = await fetchPage(context, lister, {
      ...(role.page.limit === undefined ? {} : { [role.page.limit]: String(limit) }),
      ...cursorValue(role.page, options.direction, cursor),
    });
    if (broken.length > 0) return { pages, ended: false, broken };
    const items = getAt(body, role.items);
    if (!Array.isArray(items)) return { pages, ended: true, broken: [] };
    const more = role.page.more === undefined ? undefined : getAt(body, role.page.more) === true;
    pages.push({ items, more, limit: role.page.limit === undefined ? undefined : limit, exchange });
    const text = JSON.stringify(items);
    for (const id of [...wanted]) if (text.includes(JSON.stringify(id))) wanted.delete(id);
    if (wanted.size === 0 && !options.toTheEnd) return { pages, ended: false, broken: [] };
    cursor = nextCursor(role.page, options.direction, body, items);
    if (cursor === undefined) return { pages, ended: true, broken: [] };
    if (cursors.has(cursor)) return { pages, ended: false, broken: [goesRound(lister, pages)] };
    cursors.add(cursor);
    if (wanted.size > 0) await options.between?.();
  }
  return { pages, ended: false, broken: [] };
}

/** Gets one page. @param values of its parameters */
export async function fetchPage(
  context: Context,
  lister: TestedOperation,
  values: Readonly<Record<string, string>>,
): Promise<{ readonly exchange: Exchange; readonly body: Json; readonly broken: BrokenPromise[] }> {
  const exchange = await context.server.send(makeRequest(context.suite, lister, undefined, values));
  const { outcome } = exchange;
  const body = isAnswer(outcome) ? (parseJson(outcome.body) ?? null) : null;
  return { exchange, body, broken: expectSuccess(lister, exchange) };
}

/** The cursor parameter for a place. */
export function cursorValue(
  page: Page,
  direction: "after" | "before",
  cursor: string | undefined,
): Record<string, string> {
  const known = page[direction];
  return known === undefined || cursor === undefined ? {} : { [known.parameter]: cursor };
}

/** The cursor to the next page in a direction; `undefined` at the end. */
export function nextCursor(
  page: Page,
  direction: "after" | "before",
  body: Json,
  items: readonly Json[],
): string | undefined {
  const cursor = page[direction];
  const last = items.at(direction === "after" ? -1 : 0);
  if (cursor === undefined || last === undefined) return undefined;
  if (page.more !== undefined && getAt(body, page.more) === false) return undefined;
  const value = cursor.from === undefined ? page.next && getAt(body, page.next) : getAt(last, cursor.from);
  return typeof value === "string" && value !== "" ? value : undefined;
}

/** Whether an item of a list is the resource with an ID. */
export function mentions(item: Json, id: string): boolean {
  return JSON.stringify(item).includes(JSON.stringify(id));
}

function goesRound({ operation }: TestedOperation, pages: readonly SeenPage[]): BrokenPromise {
  return {
    severity: "data",
    cause: "the pages of a list repeat in a loop",
    expected: "the last item of a page leads to the next page, and the pages come to an end",
    place: `${operation.pointer}/x-resource/page`,
    exchanges: pages.slice(-2).map(({ exchange }) => exchange),
  };
}

/** The value of a cursor that starts at an item. */
export function cursorOf({ page }: Lists, direction: "after" | "before", item: Json): string | undefined {
  const from = page[direction]?.from;
  const value = from === undefined ? undefined : getAt(item, from);
  return typeof value === "string" ? value : undefined;
}

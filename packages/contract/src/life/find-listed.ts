import { getAt, type Json, type Lists } from "@dots-payouts/openapi";
import { type Exchange, isAnswer, parseJson } from "../http/request.ts";
import { makeRequest } from "../requests/make-request.ts";
import type { Context } from "../suite/context.ts";
import type { TestedOperation } from "../suite/tested-operation.ts";
import { mentions, nextCursor } from "./walk-pages.ts";

/** The most pages that are read: a list may be long, and a new resource at its end. */
const PAGES = 50;

/** Whether a resource is listed; `undefined` if the list is too long to tell. */
export interface Listing {
  readonly listed: boolean | undefined;
  readonly exchanges: readonly Exchange[];
}

/** Looks for a resource in a list, page by page, with the filters that it passes. */
export async function findListed(
  context: Context,
  tested: TestedOperation,
  { items, filters, page }: Lists,
  id: string,
  resource: Json,
): Promise<Listing> {
  const values: Record<string, string> = {};
  for (const { parameter, pointer } of filters) {
    const value = getAt(resource, pointer);
    if (typeof value === "string") values[parameter] = value;
  }
  const exchanges: Exchange[] = [];
  for (let number = 0; number < PAGES; number += 1) {
    const exchange = await context.server.send(makeRequest(context.suite, tested, undefined, values));
    exchanges.push(exchange);
    const body = isAnswer(exchange.outcome) ? (parseJson(exchange.outcome.body) ?? null) : null;
    const found = getAt(body, items);
    if (!Array.isArray(found)) return { listed: false, exchanges };
    if (found.some((item) => mentions(item, id))) return { listed: true, exchanges };
    const next = nextCursor(page, "after", body, found);
    if (page.after === undefined || next === undefined) return { listed: false, exchanges };
    values[page.after.parameter] = next;
  }
  return { listed: undefined, exchanges };
}

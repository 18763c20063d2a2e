import { getAt, type Json, type Lists } from "@dots-payouts/openapi";
import type { BrokenPromise } from "../expectations/broken-promise.ts";
import type { Created } from "../expectations/expect-resource.ts";
import { parseTime } from "../schema/date-time.ts";
import type { TestedOperation } from "../suite/tested-operation.ts";
import { mentions, type SeenPage, type Walk } from "./walk-pages.ts";

/** Expects that no page is too long, and that each correctly says whether there is more. */
export function expectPages(
  lister: TestedOperation,
  role: Lists,
  { pages, broken }: Walk,
  direction: "after" | "before",
): BrokenPromise[] {
  if (broken.length > 0) return [...broken];
  const long = pages.find(({ items, limit }) => limit !== undefined && items.length > limit);
  // An empty page cannot be continued: it has no cursor.
  const empty = pages.find(({ items, more }) => items.length === 0 && more === true);
  const promised = pages.find(({ more }, index) => more === true && pages[index + 1]?.items.length === 0);
  const way = direction === "after" ? "after" : "before";
  return [
    ...(long === undefined
      ? []
      : [
          wrong(
            lister,
            "limit",
            "a page has more items than requested",
            "a page has at most as many items as its limit says",
            [long],
          ),
        ]),
    ...(empty === undefined && promised === undefined
      ? []
      : [
          wrong(
            lister,
            "more",
            `a page says that there is more ${way} it, but there is not`,
            `${role.page.more ?? ""} says whether there are items ${way} the page`,
            pages.slice(-2),
          ),
        ]),
  ];
}

/** Expects that each resource is listed once, and that nothing else appears twice. */
export function expectWhole(
  lister: TestedOperation,
  role: Lists,
  { pages, ended, broken }: Walk,
  made: readonly Created[],
  start?: Created,
): BrokenPromise[] {
  if (broken.length > 0) return [];
  const items = pages.flatMap((page) => page.items.map((item) => ({ item, page })));
  const twice = firstTwice(items, role.page.after?.from);
  const missing = made.find(({ id }) => !items.some(({ item }) => mentions(item, id)));
  const again = start === undefined ? undefined : items.find(({ item }) => mentions(item, start.id));
  const last = pages.at(-1);
  return [
    ...(twice === undefined
      ? []
      : [
          wrong(
            lister,
            "",
            "an item is listed twice",
            "each item is listed once, however many pages there are",
            twice,
          ),
        ]),
    ...(again === undefined
      ? []
      : [
          wrong(
            lister,
            "",
            "a page contains the item of its cursor",
            "a page starts next to the item of its cursor",
            [again.page],
          ),
        ]),
    ...(missing === undefined || !ended || last === undefined
      ? []
      : [
          {
            ...wrong(
              lister,
              "",
              "an item is missing from the pages of a list",
              "everything that was created is on one of the pages",
              [last],
            ),
            exchanges: [missing.exchange, ...pages.slice(-2).map(({ exchange }) => exchange)],
          },
        ]),
  ];
}

/** Expects that resources are in the documented order. */
export function expectOrder(
  creator: TestedOperation,
  lister: TestedOperation,
  { order }: Lists,
  pages: readonly SeenPage[],
  made: readonly Created[],
): BrokenPromise[] {
  const time = creator.success?.generated.find(({ rule }) => rule === "now")?.pointer;
  const at = (index: number): number => {
    const value = time === undefined ? undefined : getAt(made[index]?.resource ?? null, time);
    return typeof value === "string" ? parseTime(value) : index;
  };
  const items = pages.flatMap((page) => page.items);
  const place = ({ id }: Created): number => items.findIndex((item) => mentions(item, id));
  const isWrong = made.some((one, index) => {
    const next = made[index + 1];
    // Resources created at the same moment may be in any order.
    if (next === undefined || at(index) >= at(index + 1) || place(one) < 0 || place(next) < 0) return false;
    return order === "newest" ? place(one) < place(next) : place(one) > place(next);
  });
  if (order === undefined || !isWrong) return [];
  return [
    wrong(lister, "order", `the ${order} is not listed first`, `the ${order} comes first`, pages.slice(0, 2)),
  ];
}

function firstTwice(
  items: readonly { readonly item: Json; readonly page: SeenPage }[],
  id: string | undefined,
): SeenPage[] | undefined {
  const seen = new Map<string, SeenPage>();
  for (const { item, page } of items) {
    // A cursor identifies an item; without one, the whole item does.
    const text = JSON.stringify((id === undefined ? undefined : getAt(item, id)) ?? item);
    const before = seen.get(text);
    if (before !== undefined) return before === page ? [page] : [before, page];
    seen.set(text, page);
  }
  return undefined;
}

/** The problem of a list that continues after its last page. */
export function goesOn(lister: TestedOperation, pages: readonly SeenPage[]): BrokenPromise {
  return wrong(
    lister,
    "more",
    "a page says that it is the last, but is not",
    "a page correctly says whether there are items after it",
    pages,
  );
}

function wrong(
  { operation }: TestedOperation,
  keyword: "" | "limit" | "more" | "order",
  cause: string,
  expected: string,
  pages: readonly SeenPage[],
): BrokenPromise {
  const place = `${operation.pointer}/x-resource`;
  const inside = { "": "", limit: "/page/limit", more: "/page/more", order: "/order" };
  return {
    severity: "data",
    cause,
    expected,
    place: `${place}${inside[keyword]}`,
    exchanges: pages.map(({ exchange }) => exchange),
  };
}

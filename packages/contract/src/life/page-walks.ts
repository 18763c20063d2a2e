import { getAt, type Json, type Lists } from "@dots-payouts/openapi";
import type { BrokenPromise } from "../expectations/broken-promise.ts";
import type { Created } from "../expectations/expect-resource.ts";
import type { Context } from "../suite/context.ts";
import type { TestedOperation } from "../suite/tested-operation.ts";
import { createResource, createResources } from "./create-resource.ts";
import { expectOrder, expectPages, expectWhole, goesOn } from "./expect-pages.ts";
import { largestOf } from "./page-limits.ts";
import {
  cursorOf,
  cursorValue,
  fetchPage,
  mentions,
  type SeenPage,
  type Walk,
  walkPages,
} from "./walk-pages.ts";

/** How many resources are looked for in a list: more than fit on two short pages. */
export const RESOURCES = 5;

/** Walks a list to its end, while other requests create. */
export async function forward(
  context: Context,
  creator: TestedOperation,
  lister: TestedOperation,
  role: Lists,
): Promise<readonly BrokenPromise[]> {
  const creation = await createResources(context, creator, RESOURCES);
  if ("broken" in creation) return creation.broken;
  const { made } = creation;
  let others = 0;
  const walk = await walkPages(context, lister, role, {
    direction: "after",
    wanted: made.map(({ id }) => id),
    toTheEnd: true,
    largest: largestOf(context, lister, role),
    async between() {
      others += 1;
      if (others <= RESOURCES) await createResource(context, creator);
    },
  });
  const order = expectOrder(creator, lister, role, walk.pages, made);
  return [
    ...expectPages(lister, role, walk, "after"),
    ...expectWhole(lister, role, walk, made),
    // If the newest is not first, resources that others create come after the last page.
    ...(order.length > 0 ? [] : await expectEnd(context, lister, role, walk)),
    ...order,
  ];
}

/** Expects that nothing comes after the last page. */
async function expectEnd(
  context: Context,
  lister: TestedOperation,
  role: Lists,
  { pages, ended }: Walk,
): Promise<BrokenPromise[]> {
  const last = pages.at(-1);
  const item = last?.items.at(-1);
  const cursor = item === undefined ? undefined : cursorOf(role, "after", item);
  if (!ended || last === undefined || cursor === undefined || role.order !== "newest") return [];
  const { exchange, body, broken } = await fetchPage(
    context,
    lister,
    cursorValue(role.page, "after", cursor),
  );
  const items = getAt(body, role.items);
  if (broken.length > 0) return broken;
  return Array.isArray(items) && items.length > 0
    ? [goesOn(lister, [last, { items, more: undefined, limit: undefined, exchange }])]
    : [];
}

/** Walks back from the last of some resources to the start of the list. */
export async function backward(
  context: Context,
  creator: TestedOperation,
  lister: TestedOperation,
  role: Lists,
): Promise<readonly BrokenPromise[]> {
  const creation = await createResources(context, creator, RESOURCES);
  if ("broken" in creation) return creation.broken;
  const { made } = creation;
  const ids = made.map(({ id }) => id);
  const largest = largestOf(context, lister, role);
  const ahead = { direction: "after", wanted: ids, toTheEnd: false, largest } as const;
  const listed = inOrder((await walkPages(context, lister, role, ahead)).pages, made);
  const [last, ...nearer] = listed.toReversed();
  const from = last && cursorOf(role, "before", last.item);
  // The check of the forward walk covers missing items.
  if (last === undefined || from === undefined || listed.length < made.length) return [];
  const walk = await walkPages(context, lister, role, {
    direction: "before",
    from,
    wanted: nearer.map(({ created }) => created.id),
    toTheEnd: true,
    largest,
  });
  // The nearest page comes first, and each keeps the order of the list.
  const whole: Walk = { ...walk, pages: walk.pages.toReversed() };
  return [
    ...expectPages(lister, role, walk, "before"),
    ...expectWhole(
      lister,
      role,
      walk,
      nearer.map(({ created }) => created),
      last.created,
    ),
    ...expectSameOrder(lister, whole, nearer.toReversed()),
  ];
}

/** A previous page keeps the order of the list. */
function expectSameOrder(
  { operation }: TestedOperation,
  walk: Walk,
  listed: readonly Listed[],
): BrokenPromise[] {
  const wanted = listed.map(({ created }) => created.id);
  const came = inOrder(
    walk.pages,
    listed.map(({ created }) => created),
  ).map(({ created }) => created.id);
  if (came.length < wanted.length || came.join() === wanted.join()) return [];
  return [
    {
      severity: "data",
      cause: "a previous page has a different order than the list",
      expected: "previous pages keep the order of the list",
      place: `${operation.pointer}/x-resource/order`,
      exchanges: walk.pages.slice(0, 2).map(({ exchange }) => exchange),
    },
  ];
}

interface Listed {
  readonly created: Created;
  readonly item: Json;
}

/** Resources in the order in which they are listed. */
function inOrder(pages: readonly SeenPage[], made: readonly Created[]): Listed[] {
  return pages
    .flatMap(({ items }) => items)
    .flatMap((item) => {
      const created = made.find(({ id }) => mentions(item, id));
      return created === undefined ? [] : [{ created, item }];
    });
}

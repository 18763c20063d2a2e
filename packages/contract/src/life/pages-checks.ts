import { randomUUID } from "node:crypto";
import { getAt, type Json, keywordValues, type Lists, type OpenApiDocument } from "@dots-payouts/openapi";
import type { Check } from "../checks/check.ts";
import type { BrokenPromise } from "../expectations/broken-promise.ts";
import { expectRefusal } from "../expectations/expect-refusal.ts";
import { type Created, expectRefusedWith } from "../expectations/expect-resource.ts";
import type { Context } from "../suite/context.ts";
import type { Suite } from "../suite/suite.ts";
import type { TestedOperation } from "../suite/tested-operation.ts";
import { partsAt } from "../values/fields.ts";
import { createResource, createResources } from "./create-resource.ts";
import { expectOrder, expectPages, expectWhole, goesOn } from "./expect-pages.ts";
import type { MakeCheck } from "./make-check.ts";
import { cursorValue, fetchPage, mentions, type SeenPage, type Walk, walkPages } from "./walk-pages.ts";

/** How many resources are looked for in a list: more than two of the short pages hold. */
const RESOURCES = 5;
/** The most that a page has, where the spec does not say. */
const LARGEST = 100;

/** The pages of a list: forward, backward, and from places that are none. */
export function pagesChecks(
  { spec: { document } }: Suite,
  creator: TestedOperation,
  lister: TestedOperation,
  role: Lists,
  check: MakeCheck,
): Check[] {
  const { after, before, bothCursors, unknownCursor } = role.page;
  if (after === undefined) return [];
  const around = (id: string, title: string, creates: number, run: Check["run"]): Check =>
    check(`pages-${id}`, title, creates, run);
  const unknown = (direction: "after" | "before") => (context: Context) =>
    expectUnknown(context, lister, role, direction);
  return [
    around(
      "forward",
      "is paged to the last page, while others create: nothing twice, nothing missing",
      2 * RESOURCES,
      (context) => forward(context, creator, lister, role),
    ),
    ...(before === undefined
      ? []
      : [
          around("backward", "is paged back to the first page in the same order", RESOURCES, (context) =>
            backward(context, creator, lister, role),
          ),
        ]),
    ...(before === undefined || bothCursors === undefined
      ? []
      : [
          around("both", "refuses two cursors at once", 1, (context) =>
            expectBoth(context, creator, lister, role),
          ),
        ]),
    ...(unknownCursor === undefined
      ? []
      : [around("unknown-after", "refuses a cursor that belongs to nothing", 0, unknown("after"))]),
    ...(unknownCursor === undefined || before === undefined
      ? []
      : [around("unknown-before", "refuses a cursor back that belongs to nothing", 0, unknown("before"))]),
    ...limitsOf(document, lister, role).map(({ keyword, value, place }) =>
      around(`limit-${keyword}`, `refuses a limit of ${value}`, 0, async (context) => {
        const { exchange } = await fetchPage(context, lister, { [role.page.limit ?? ""]: String(value) });
        return expectRefusal(lister, exchange, { words: `the limit keeps to its ${keyword}`, place, at: "" });
      }),
    ),
  ];
}

async function forward(
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
    // Where the newest does not come first, what others create is what comes after the last page.
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

async function backward(
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
  // What is missing here is for the check of the way forward.
  if (last === undefined || from === undefined || listed.length < made.length) return [];
  const walk = await walkPages(context, lister, role, {
    direction: "before",
    from,
    wanted: nearer.map(({ created }) => created.id),
    toTheEnd: true,
    largest,
  });
  // The pages come nearest first, and each keeps the order of the list.
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

/** A page back keeps the order of the list. */
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
      cause: "a page back has another order than the list",
      expected: "the pages that lead back keep the order of the list",
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

async function expectBoth(
  context: Context,
  creator: TestedOperation,
  lister: TestedOperation,
  role: Lists,
): Promise<readonly BrokenPromise[]> {
  const creation = await createResource(context, creator);
  if ("broken" in creation) return creation.broken;
  const { resource } = creation.made;
  const { exchange } = await fetchPage(context, lister, {
    ...cursorValue(role.page, "after", cursorOf(role, "after", resource)),
    ...cursorValue(role.page, "before", cursorOf(role, "before", resource)),
  });
  const place = `${lister.operation.pointer}/x-resource/page/bothCursors`;
  return expectRefusedWith(lister, exchange, role.page.bothCursors, "two cursors at once", place);
}

async function expectUnknown(
  context: Context,
  lister: TestedOperation,
  role: Lists,
  direction: "after" | "before",
): Promise<readonly BrokenPromise[]> {
  const { exchange } = await fetchPage(context, lister, cursorValue(role.page, direction, randomUUID()));
  const place = `${lister.operation.pointer}/x-resource/page/unknownCursor`;
  return expectRefusedWith(
    lister,
    exchange,
    role.page.unknownCursor,
    "a cursor that belongs to nothing",
    place,
  );
}

function cursorOf({ page }: Lists, direction: "after" | "before", item: Json): string | undefined {
  const from = page[direction]?.from;
  const value = from === undefined ? undefined : getAt(item, from);
  return typeof value === "string" ? value : undefined;
}

/** Limits just out of bounds. */
function limitsOf(document: OpenApiDocument, lister: TestedOperation, { page }: Lists) {
  return (["minimum", "maximum"] as const).flatMap((keyword) => {
    const { bound, schema } = boundOf(document, lister, page.limit, keyword);
    if (bound === undefined) return [];
    const value = keyword === "minimum" ? bound - 1 : bound + 1;
    return [{ keyword, value, place: `${schema}/${keyword}` }];
  });
}

function largestOf({ suite }: Context, lister: TestedOperation, { page }: Lists): number {
  return boundOf(suite.spec.document, lister, page.limit, "maximum").bound ?? LARGEST;
}

function boundOf(
  document: OpenApiDocument,
  { operation }: TestedOperation,
  limit: string | undefined,
  keyword: string,
) {
  const schema = operation.parameters.find(({ name }) => name === limit)?.schema;
  const values = schema === undefined ? [] : keywordValues(partsAt(document, [schema]), keyword);
  const bound = values.find((value) => typeof value === "number");
  return { bound, schema };
}

import { randomUUID } from "node:crypto";
import { isObject, type Json, type JsonObject } from "@dots-payouts/openapi";
import type { Found, Resources } from "../reference/resources.ts";
import type { Behavior, Handling } from "../reference/server.ts";
import { type Faults, omit, replies } from "./fault.ts";

const finds = (does: string, change: NonNullable<Behavior["found"]>): Behavior => ({
  found: (found, handling, resources) =>
    handling.operation.resource?.does === does ? change(found, handling, resources) : found,
});

/** Changes the page of a list. */
const pages = (
  change: (
    page: { items: readonly Json[]; more: boolean },
    sent: Sent,
    known: readonly JsonObject[],
  ) => {
    items: readonly Json[];
    more: boolean;
  },
): Behavior =>
  finds("list", (found, handling, resources) => {
    if (!isObject(found.body) || !Array.isArray(found.body["data"])) return found;
    const page = { items: found.body["data"], more: found.body["has_more"] === true };
    const { items, more } = change(page, sentIn(handling), knownBy(handling, resources));
    return { ...found, body: { has_more: more, data: [...items] } };
  });

/** Lists even if the request is refused. */
const lists = (when: (sent: Sent) => boolean): Behavior =>
  finds("list", (found, handling, resources) =>
    found.status === 400 && when(sentIn(handling))
      ? { status: 200, body: { has_more: false, data: knownBy(handling, resources).slice(0, 10) } }
      : found,
  );

interface Sent {
  readonly limit: number;
  readonly after: string | null;
  readonly before: string | null;
}

function sentIn({ request }: Handling): Sent {
  const { searchParams: query } = new URL(request.url ?? "", "http://reference");
  return {
    limit: Number(query.get("limit") ?? 10),
    after: query.get("starting_after"),
    before: query.get("ending_before"),
  };
}

function knownBy({ operation }: Handling, resources: Resources): readonly JsonObject[] {
  return resources.get(operation.resource?.kind ?? "") ?? [];
}

const idOf = (item: Json | undefined): string => (isObject(item) ? String(item["id"]) : "");
/** Changes what reading returns. */
const reads = (change: (resource: JsonObject) => JsonObject): Behavior =>
  finds("read", (found) => (isObject(found.body) ? { ...found, body: change(found.body) } : found));

/** Changes refusals that depend on the resource. */
const carriesOut = (id: string): Behavior =>
  finds("change", (found, handling, resources) => {
    if (handling.operation.id !== id || found.status !== 400) return found;
    const [, , , wanted] = (handling.request.url ?? "").split("/");
    const resource = knownBy(handling, resources).find((one) => one["id"] === wanted) ?? {};
    return {
      status: 200,
      body: id === "redeliverPayoutLink" ? { payout_link: resource, redelivered: true } : resource,
    };
  });

const anything: Found = {
  status: 200,
  body: {
    id: randomUUID(),
    created: "2026-11-26T12:00:00Z",
    link: "https://links.example.com/1",
    amount: 1,
    status: "canceled",
  },
};

/** Servers that lose track of what they have created. */
export const resourcesFaults = (): Faults => ({
  "can't read what it created": finds("read", () => ({ status: 404, body: { message: "Nothing." } })),
  "returns another amount when read": reads((resource) => ({
    ...resource,
    amount: Number(resource["amount"]) + 1,
  })),
  "returns no amount when read": reads((resource) => omit(resource, "amount")),
  "finds a resource for any ID": finds("read", (found) => (found.status === 404 ? anything : found)),
  "refuses unknown IDs with 400": finds("read", (found) =>
    found.status === 404 ? { ...found, status: 400 } : found,
  ),
  "cancels resources that don't exist": finds("change", (found, { operation }) =>
    found.status === 404 && operation.id === "cancelPayoutLink" ? anything : found,
  ),
  "does not list new resources": pages(({ items, more }) => ({ items: items.slice(5), more })),
  "lists only the first page": pages((page) => ({ ...page, more: false })),
  "leaves out the last item of each page": pages(({ items, more }) => ({
    items: items.length > 1 ? items.slice(0, -1) : items,
    more,
  })),
  "skips an item between two pages": pages(({ items, more }, { after }) => ({
    items: after === null || items.length < 2 ? items : items.slice(1),
    more,
  })),
  "starts a page with the item of the cursor": pages(({ items, more }, { after, limit }, known) => ({
    items: [...known.filter((item) => idOf(item) === after), ...items].slice(0, Math.max(limit, 2)),
    more,
  })),
  "uses offsets for pages while others create": numbersPages(),
  "says that there is more after the last page": pages(({ items }) => ({ items, more: true })),
  "says that a page is the last although it is not": pages(({ items, more }, { after }, known) => ({
    items,
    more: more && known.findIndex((item) => idOf(item) === after) < 5,
  })),
  "returns the first page again and again": pages((_, { limit }, known) => ({
    items: known.slice(0, limit),
    more: true,
  })),
  "ignores the limit": pages((page, { limit, after, before }, known) =>
    limit === 2 && after === null && before === null ? { items: known.slice(0, 10), more: true } : page,
  ),
  "ignores backward cursors": pages((page, { before, limit }, known) =>
    before === null ? page : { items: known.slice(0, limit), more: known.length > limit },
  ),
  "returns previous pages in reverse": pages(({ items, more }, { before }) => ({
    items: before === null ? items : items.toReversed(),
    more,
  })),
  "lists the oldest first": pages(({ items, more }) => ({ items: items.toReversed(), more })),
  "accepts two cursors": lists(({ after, before }) => after !== null && before !== null),
  "accepts an unknown cursor": lists(({ after, before }) => (after === null) !== (before === null)),
  "answers an unknown cursor with 404": finds("list", (found, handling) =>
    found.status === 400 && sentIn(handling).after !== null ? { ...found, status: 404 } : found,
  ),
  "accepts a limit of zero": lists(({ limit }) => limit < 1),
  "accepts any limit": lists(({ limit }) => limit > 100),
  "forgets that a link was canceled": reads((resource) =>
    resource["status"] === "canceled" ? { ...resource, status: "sent" } : resource,
  ),
  "cancels a link twice": carriesOut("cancelPayoutLink"),
  "delivers a link any number of times": carriesOut("redeliverPayoutLink"),
  "delivers a link once too often": oneMore(),
  "fails if a link was already canceled": finds("change", (found) =>
    found.status === 400 ? { ...found, status: 500 } : found,
  ),
  "pays again for the key of a canceled link": paysAgain(),
  "starts with a final state": {
    make: (made) => ("link" in made ? { ...made, status: "reversed" } : { ...made, status: "approved" }),
  },
  "moves back to an earlier state": reads((resource) => ({ ...resource, status: "created" })),
});

/** A cursor means the position of its item when it was listed. */
function numbersPages(): Behavior {
  const numbers = new Map<string, number>();
  return pages(({ items, more }, { after, before, limit }, known) => {
    if (before !== null) return { items, more };
    const start = after === null ? 0 : (numbers.get(after) ?? -1) + 1;
    const page = known.slice(start, start + limit);
    for (const [index, item] of page.entries()) numbers.set(idOf(item), start + index);
    return { items: page, more: start + limit < known.length };
  });
}

/** The creation does not count as a delivery. */
function oneMore(): Behavior {
  const again = new Set<string>();
  const { found: carryOut } = carriesOut("redeliverPayoutLink");
  return {
    found(found, handling, resources) {
      const url = handling.request.url ?? "";
      if (found.status !== 400 || again.has(url)) return found;
      again.add(url);
      return carryOut?.(found, handling, resources) ?? found;
    },
  };
}

function paysAgain(): Behavior {
  const canceled = new Set<string>();
  return {
    ...finds("change", (found) => {
      if (isObject(found.body) && found.body["status"] === "canceled") canceled.add(idOf(found.body));
      return found;
    }),
    ...replies("replayed", (reply) =>
      isObject(reply.body) && canceled.has(idOf(reply.body))
        ? { ...reply, body: { ...reply.body, id: randomUUID() } }
        : reply,
    ),
  };
}

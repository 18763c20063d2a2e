import { type Cursor, type Filter, getAt, type Json, type Lists } from "@dots-payouts/openapi";
import type { Kept } from "../store/store.ts";
import { refuse } from "../wire/refusal.ts";

/** What is listed. */
type Entry = Pick<Kept, "id" | "resource">;

/** A part of a list. */
export interface ListPage {
  readonly items: readonly Json[];
  /** Whether there are more in the requested direction. */
  readonly more: boolean;
  /** The cursor of the next page; `undefined` on the last. */
  readonly next: string | undefined;
}

/**
 * The page of a list that a request asks for.
 * @param all the resources, newest first
 * @param size the largest number of items on a page
 * @throws Refusal if its cursors are invalid
 */
export function listPage(
  all: readonly Entry[],
  { filters, order, reverse, page }: Lists,
  query: URLSearchParams,
  size: number,
): ListPage {
  const kept = all.filter(({ resource }) => filters.every((filter) => passes(filter, resource, query)));
  const isReversed = (order === "oldest") !== (reverse !== undefined && query.get(reverse) === "true");
  const entries = isReversed ? kept.toReversed() : kept;
  const after = positionOf(entries, page.after, query, page.unknownCursor);
  const before = positionOf(entries, page.before, query, page.unknownCursor);
  if (after !== undefined && before !== undefined && page.bothCursors !== undefined) {
    throw refuse(page.bothCursors, "cursor", "Only one of the two cursors can be used.");
  }
  if (before !== undefined) {
    const start = Math.max(before - size, 0);
    return { items: itemsOf(entries.slice(start, before)), more: start > 0, next: undefined };
  }
  const start = after === undefined ? 0 : after + 1;
  const shown = entries.slice(start, start + size);
  const more = start + size < entries.length;
  return { items: itemsOf(shown), more, next: more ? shown.at(-1)?.id : undefined };
}

function itemsOf(entries: readonly Entry[]): Json[] {
  return entries.map(({ resource }) => resource);
}

function passes({ parameter, pointer, keeps }: Filter, resource: Json, query: URLSearchParams): boolean {
  const wanted = query.getAll(parameter);
  const value = getAt(resource, pointer);
  if (wanted.length === 0) return true;
  if (keeps === "same") return wanted.includes(String(value));
  return wanted.every((bound) => {
    const difference = timeOf(String(value)) - timeOf(bound);
    return keeps === "from" ? difference >= 0 : difference <= 0;
  });
}

/** A time in milliseconds, or a number. A time without a zone is in UTC. */
function timeOf(text: string): number {
  if (/^-?\d+(\.\d+)?$/.test(text)) return Number(text);
  return Date.parse(/T[\d:.]+$/.test(text) ? `${text}Z` : text);
}

/** The place of the resource that a cursor names; `undefined` if the request has none. */
function positionOf(
  entries: readonly Entry[],
  cursor: Cursor | undefined,
  query: URLSearchParams,
  unknownCursor: number | undefined,
): number | undefined {
  const value = cursor === undefined ? null : query.get(cursor.parameter);
  if (cursor === undefined || value === null) return undefined;
  const { parameter, from } = cursor;
  const found = entries.findIndex(
    ({ id, resource }) => value === (from === undefined ? id : getAt(resource, from)),
  );
  if (found === -1 && unknownCursor !== undefined) {
    throw refuse(unknownCursor, "cursor", `${parameter} matches nothing in the list: ${value}.`);
  }
  return found === -1 ? undefined : found;
}

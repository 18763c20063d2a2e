import { NotFoundError } from "@dots-payouts/client";
import type { Lists } from "@dots-payouts/openapi";
import { OutboxError } from "../outbox-error.ts";
import { dateOf, methodOf } from "./client-methods.ts";
import { exactTextAt, partAt } from "./read-at.ts";
import type { Reader } from "./reader.ts";

/** The page size to request: no API returns more. */
const LIMIT = 100;

/** Reads back with the methods of a client. */
export function clientReader(dots: object): Reader {
  return {
    async page({ name, list }, after, signal) {
      if (list === undefined) throw new OutboxError(`The spec has no list of ${name}.`);
      const { limit, after: cursor } = list.role.page;
      const query = {
        ...(limit === undefined ? {} : { [limit]: LIMIT }),
        ...(cursor === undefined || after === undefined ? {} : { [cursor.parameter]: after }),
      };
      const { data, response } = await methodOf(dots, list.method)(query, { signal }).withResponse();
      const items = partAt(data, list.role.items);
      if (!Array.isArray(items)) throw new OutboxError(`The list of ${name} cannot be read.`);
      return { items, next: nextOf(data, items, list.role, name), date: dateOf(response) };
    },
    async read({ name, read }, id) {
      if (read === undefined) throw new OutboxError(`The spec has no way to read one of ${name}.`);
      try {
        const { data } = await methodOf(dots, read.method)(id).withResponse();
        return partAt(data, read.role.at);
      } catch (error) {
        if (error instanceof NotFoundError) return undefined;
        throw error;
      }
    },
  };
}

/**
 * The cursor of the next page; `undefined` on the last one.
 * @throws OutboxError if there are more pages that cannot be requested, so that the list is incomplete
 */
function nextOf(data: unknown, items: readonly unknown[], { page }: Lists, name: string): string | undefined {
  const { after, more, next } = page;
  if (after === undefined) return undefined;
  const says = more === undefined ? undefined : partAt(data, more);
  if (more === undefined ? items.length === 0 : says === false) return undefined;
  const cursor = after.from === undefined ? exactTextAt(data, next) : exactTextAt(items.at(-1), after.from);
  if (cursor !== undefined && (more === undefined || says === true)) return cursor;
  if (more === undefined && after.from === undefined) return undefined;
  throw new OutboxError(
    `The list of ${name} does not say whether it has another page, or how to get it, so it cannot be read to its end.`,
  );
}

import type { JournalEntry } from "./entry.ts";

/**
 * The entries that a query asks for, oldest first: `operation`, `method`, `status` (`400` or `4xx`), `refused`
 * (`true` or `false`), `path` (a part of it), `since` (an ID), and `limit` (the newest of what is left).
 */
export function filterEntries(
  entries: readonly JournalEntry[],
  query: URLSearchParams,
): readonly JournalEntry[] {
  const conditions = [...query].flatMap(([name, value]) => {
    const condition = CONDITIONS[name];
    return condition === undefined ? [] : [condition(value)];
  });
  const found = entries.filter((entry) => conditions.every((holds) => holds(entry)));
  const limit = Number(query.get("limit") ?? found.length);
  return Number.isInteger(limit) && limit >= 0 ? found.slice(Math.max(0, found.length - limit)) : found;
}

const CONDITIONS: Readonly<Record<string, (value: string) => (entry: JournalEntry) => boolean>> = {
  operation: (value) => (entry) => entry.operation === value,
  method: (value) => (entry) => entry.method === value.toUpperCase(),
  status: (value) => (entry) =>
    new RegExp(`^${value.replaceAll(/[^0-9x]/gi, "").replaceAll(/x/gi, "\\d")}$`).test(String(entry.status)),
  // What breaks the spec counts, also where a real server behind a proxy let it pass.
  refused: (value) => (entry) => (entry.status >= 400 || entry.reasons.length > 0) === (value !== "false"),
  path: (value) => (entry) => entry.path.includes(value),
  since: (value) => (entry) => entry.id > Number(value),
};

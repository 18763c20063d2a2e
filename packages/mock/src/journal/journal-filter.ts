import type { JournalEntry } from "./entry.ts";

/**
 * The entries that a query asks for, oldest first: `operation`, `method`, `status` (`400` or `4xx`), `refused`
 * (`true` or `false`), `path` (a part of it), `since` (an ID), and `limit` (the newest of what is left).
 */
export function filterEntries(
  entries: readonly JournalEntry[],
  query: URLSearchParams,
): readonly JournalEntry[] {
  const conditions = [...query].flatMap(([name, value]) => CONDITIONS.get(name)?.(value) ?? []);
  const found = entries.filter((entry) => conditions.every((holds) => holds(entry)));
  const limit = Number(query.get("limit") ?? found.length);
  return Number.isInteger(limit) && limit >= 0 ? found.slice(Math.max(0, found.length - limit)) : found;
}

type Condition = (entry: JournalEntry) => boolean;

const CONDITIONS: ReadonlyMap<string, (value: string) => Condition> = new Map([
  [
    "operation",
    (value: string): Condition =>
      (entry) =>
        entry.operation === value,
  ],
  ["method", (value) => (entry) => entry.method === value.toUpperCase()],
  ["status", byStatus],
  // What breaks the spec counts, also where a real server behind a proxy let it pass.
  ["refused", (value) => (entry) => isRefused(entry) === (value !== "false")],
  ["path", (value) => (entry) => entry.path.includes(value)],
  ["since", (value) => (entry) => entry.id > Number(value)],
]);

function byStatus(value: string): Condition {
  const pattern = new RegExp(`^${value.replaceAll(/[^0-9x]/gi, "").replaceAll(/x/gi, "\\d")}$`);
  return (entry) => pattern.test(String(entry.status));
}

function isRefused({ status, reasons }: JournalEntry): boolean {
  return status >= 400 || reasons.length > 0;
}

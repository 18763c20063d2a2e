import type { JournalEntry } from "../store/journal-entry.ts";
import { refuse } from "../wire/refusal.ts";

/**
 * The entries that a query asks for, oldest first: `id`, `operation`, `method`, `status` (`400` or `4xx`), `refused`
 * and `warned` (`true` or `false`), `path` (a part of it), `since` (an ID), and `limit` (the newest of the remaining
 * ones).
 * @throws Refusal (400) for an unknown filter or an invalid value
 */
export function filterEntries(
  entries: readonly JournalEntry[],
  query: URLSearchParams,
): readonly JournalEntry[] {
  const conditions = [...query].flatMap(([name, value]) => {
    if (name === "limit") return [];
    const condition = CONDITIONS.get(name);
    if (condition === undefined) {
      const known = [...CONDITIONS.keys(), "limit"].join(", ");
      throw refuse(400, "filter", `There is no filter ${JSON.stringify(name)}. Available: ${known}.`);
    }
    return [condition(value)];
  });
  const found = entries.filter((entry) => conditions.every((holds) => holds(entry)));
  const limit = wholeNumber("limit", query.get("limit") ?? String(found.length));
  return found.slice(Math.max(0, found.length - limit));
}

function wholeNumber(name: string, value: string): number {
  if (/^\d{1,15}$/.test(value)) return Number(value);
  throw impossible(name, value, "a whole number");
}

function impossible(name: string, value: string, wanted: string) {
  return refuse(400, "filter", `The filter ${name} has to be ${wanted}, not ${JSON.stringify(value)}.`);
}

type Condition = (entry: JournalEntry) => boolean;

const CONDITIONS: ReadonlyMap<string, (value: string) => Condition> = new Map([
  ["id", numbered],
  [
    "operation",
    (value: string): Condition =>
      (entry) =>
        entry.operation === value,
  ],
  ["method", (value) => (entry) => entry.method === value.toUpperCase()],
  ["status", byStatus],
  // Whatever breaks the spec counts, even if a real server behind a proxy accepted it.
  ["refused", byRefusal],
  ["warned", byWarning],
  ["path", (value) => (entry) => entry.path.includes(value)],
  ["since", newerThan],
]);

function byStatus(value: string): Condition {
  if (!/^[1-5][\dx]{2}$/i.test(value)) throw impossible("status", value, "a status such as 400 or 4xx");
  const pattern = new RegExp(`^${value.replaceAll(/x/gi, "\\d")}$`);
  return (entry) => pattern.test(String(entry.status));
}

function byRefusal(value: string): Condition {
  if (value !== "true" && value !== "false" && value !== "")
    throw impossible("refused", value, "true or false");
  return (entry) => isRefused(entry) === (value !== "false");
}

function byWarning(value: string): Condition {
  if (value !== "true" && value !== "false") throw impossible("warned", value, "true or false");
  return (entry) => entry.warnings.length > 0 === (value === "true");
}

function numbered(value: string): Condition {
  const id = wholeNumber("id", value);
  return (entry) => entry.id === id;
}

function newerThan(value: string): Condition {
  const id = wholeNumber("since", value);
  return (entry) => entry.id > id;
}

function isRefused({ status, reasons }: JournalEntry): boolean {
  return status >= 400 || reasons.length > 0;
}

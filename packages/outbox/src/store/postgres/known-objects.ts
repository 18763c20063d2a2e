import type { FoundObject } from "../objects.ts";
import { text } from "../row.ts";
import type { Sql } from "./connection/sql.ts";

/**
 * Which objects of a list contain nothing new: those of accepted rows with a known fate. Lists are read again and again
 * from the newest, so most are like this, and checking each separately would take long.
 */
export async function findKnown(sql: Sql, found: readonly FoundObject[]): Promise<ReadonlySet<string>> {
  if (found.length === 0) return new Set();
  const rows = await sql.all(
    `SELECT t.id, i.call FROM unnest($1::text[], $2::text[], $3::text[]) AS t (id, reference, fate)
     JOIN outbox_object o ON o.id = t.id
     JOIN outbox_intent i ON i.seq = o.intent AND i.id = t.reference
     WHERE i.state = 'accepted' AND i.object = o.id AND (t.fate IS NULL OR (o.fate = t.fate AND i.fate = t.fate))`,
    found.map(({ id }) => id),
    found.map(({ reference }) => reference),
    found.map(({ fate }) => fate ?? null),
  );
  const calls = new Map(rows.map((row) => [text(row, "id"), text(row, "call")]));
  return new Set(
    found.filter(({ id, calls: makers }) => makers.includes(calls.get(id) ?? "")).map(({ id }) => id),
  );
}

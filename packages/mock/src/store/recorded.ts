import { parseEntry } from "./journal-entry.ts";
import type { Recorded } from "./store.ts";

/** A request from the columns `id`, `namespace` and `entry`, numbered by its row; `undefined` if it is unreadable. */
export function toRecorded(row: Readonly<Record<string, unknown>>): Recorded[] {
  const entry = parseEntry(String(row["entry"]));
  if (entry === undefined) return [];
  const namespace = row["namespace"];
  return [
    {
      entry: { ...entry, id: Number(row["id"]) },
      namespace: typeof namespace === "string" ? namespace : undefined,
    },
  ];
}

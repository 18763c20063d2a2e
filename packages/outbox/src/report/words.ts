import type { State } from "../ledger/intent.ts";

/** A number with commas between thousands. */
export function count(value: number): string {
  return value.toLocaleString("en-US");
}

/** An amount of cents, formatted for people. */
export function money(cents: number): string {
  return (cents / 100).toLocaleString("en-US", { minimumFractionDigits: 2, maximumFractionDigits: 2 });
}

/** `1 row`, `2 rows`. */
export function rows(value: number): string {
  return `${count(value)} ${value === 1 ? "row" : "rows"}`;
}

export function duration(seconds: number): string {
  if (seconds < 60) return `${Math.ceil(seconds)} s`;
  if (seconds < 3_600) return `${Math.floor(seconds / 60)} min ${Math.floor(seconds % 60)} s`;
  return `${Math.floor(seconds / 3_600)} h ${Math.floor((seconds % 3_600) / 60)} min`;
}

/** What each state means for the money. */
export const MEANINGS: Readonly<Record<State, string>> = {
  pending: "not sent yet",
  sending: "sent, no answer yet",
  accepted: "accepted by the API",
  refused: "refused, nothing was paid",
  unresolved: "unknown; find out, then settle",
  "settled-paid": "settled: it was paid",
  "settled-not-paid": "settled: it was not paid",
};

import type { TurnResult } from "../store/store.ts";

export const SILENT_API = "The API gives no answer that decides anything";

/** Why nothing leaves although nothing has stopped it. */
export function waitsFor({ held, blocked, tickets, waits }: TurnResult): string | undefined {
  if (tickets.length > 0) return undefined;
  if (held !== undefined) return held;
  return blocked === undefined ? waits : `${blocked.id} would go over the limit ${limitOf(blocked.by)}`;
}

/** A limit in words. */
export function limitOf(by: "max-total" | "max-amount"): string {
  return by === "max-total" ? "of all rows together" : "of one row";
}

import type { TurnResult } from "../store/store.ts";

export const SILENT_API = "The API gives no usable answers";

/** Why nothing is sent although nothing has stopped it. */
export function waitsFor({ held, blocked, tickets, waits }: TurnResult): string | undefined {
  if (tickets.length > 0) return undefined;
  if (held !== undefined) return held;
  return blocked === undefined ? waits : `${blocked.id} would exceed the limit ${limitOf(blocked.by)}`;
}

/** The name of a limit. */
export function limitOf(by: "max-total" | "max-amount"): string {
  return by === "max-total" ? "of all rows together" : "of one row";
}

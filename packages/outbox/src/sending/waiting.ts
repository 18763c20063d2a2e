import type { Blocked, TurnResult } from "../store/turn.ts";

export const SILENT_API = "The API gives no usable answers";

/** Why nothing is sent although nothing has stopped it. */
export function waitsFor({ held, blocked, tickets, waits }: TurnResult): string | undefined {
  if (tickets.length > 0) return undefined;
  if (held !== undefined) return held;
  return blocked === undefined ? waits : overLimit(blocked);
}

/** Says which row would exceed which limit. */
export function overLimit({ by, id, limit }: Blocked): string {
  const whose = by === "max-total" ? "of all rows together" : "of one row";
  return `${id} would exceed the limit ${whose}, which is ${limit}`;
}

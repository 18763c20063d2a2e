import { isFresh, type Reading } from "../../ledger/age.ts";
import { number, optionalNumber, type Row } from "../row.ts";

/** Whether the key of a row is within its window, which includes keys that were never sent. */
export function isFreshRow(row: Row, now: Reading, apart: number): boolean {
  const firstAt = optionalNumber(row, "first_at");
  if (firstAt === undefined) return true;
  const first = { ledger: firstAt, server: optionalNumber(row, "first_server") };
  return isFresh(first, now, number(row, "window"), { apart });
}

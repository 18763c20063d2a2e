import type { Reading } from "../../../ledger/age.ts";
import { number, type Row } from "../../row.ts";

/** Milliseconds since the epoch, on the database's clock. */
export const CLOCK = "floor(extract(epoch FROM clock_timestamp()) * 1000)::bigint";

/** The time on the ledger's clock, which is the database's and never goes back. */
export function timeOf(ledger: Row, { server }: Reading): Reading {
  return {
    ledger: Math.max(number(ledger, "clock"), number(ledger, "highest")),
    server: server === undefined ? undefined : Math.trunc(server),
  };
}

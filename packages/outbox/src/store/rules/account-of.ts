import type { Account } from "../../ledger/account.ts";
import { optionalText, type Row, text } from "../row.ts";

/** The account that a ledger belongs to. */
export function accountOf(ledger: Row | undefined): Account {
  const options: unknown = JSON.parse(optionalText(ledger, "options") ?? "{}");
  const pairs = typeof options === "object" && options !== null ? Object.entries(options) : [];
  return {
    baseUrl: text(ledger, "base_url"),
    options: Object.fromEntries(pairs.map(([name, value]) => [name, String(value)])),
  };
}

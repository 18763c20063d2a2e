import type { Account } from "../../ledger/account.ts";
import { number, optionalText, type Row, text } from "../row.ts";
import type { LedgerStatus } from "../status.ts";
import { clientOf, limitsOf } from "./settings.ts";

/** The account that a ledger belongs to. */
export function accountOf(ledger: Row | undefined): Account {
  const options: unknown = JSON.parse(optionalText(ledger, "options") ?? "{}");
  const pairs = typeof options === "object" && options !== null ? Object.entries(options) : [];
  return {
    baseUrl: text(ledger, "base_url"),
    options: Object.fromEntries(pairs.map(([name, value]) => [name, String(value)])),
  };
}

/**
 * The status of a ledger.
 * @param settings may be the same row
 * @param clock the store's clock
 * @param found what each database has to find out differently
 */
export function statusOf(
  ledger: Row | undefined,
  settings: Row | undefined,
  clock: number,
  found: Pick<LedgerStatus, "paused" | "oldestOpen" | "oldest">,
): LedgerStatus {
  return {
    uuid: text(ledger, "uuid"),
    account: accountOf(ledger),
    highest: number(ledger, "highest"),
    knownUntil: number(ledger, "known_until"),
    stopped: optionalText(ledger, "stopped"),
    waits: whyWaiting(ledger, clock),
    hasSent: number(ledger, "has_sent") === 1,
    reserved: number(ledger, "reserved"),
    limits: limitsOf(settings),
    client: clientOf(settings),
    ...found,
  };
}

/** Shorter waits are over before anybody reads about them, in milliseconds. */
const WORTH_SAYING = 5_000;

/**
 * Why nothing is sent for now, although nothing has stopped it.
 * @param ledger has the highest stored time, and until when the API has asked everyone to wait
 * @param clock the store's clock
 */
export function whyWaiting(ledger: Row | undefined, clock: number): string | undefined {
  const behind = number(ledger, "highest") - clock;
  if (behind > WORTH_SAYING) {
    const minutes = Math.ceil(behind / 60_000);
    return `The store's clock went back by ${minutes === 1 ? "a minute" : `${minutes} minutes`}, so pending rows wait until it has caught up`;
  }
  const until = number(ledger, "not_before");
  if (until - clock <= WORTH_SAYING) return undefined;
  return `The API asks everyone to wait until ${new Date(until).toISOString().replace(/\.\d+/, "")}`;
}

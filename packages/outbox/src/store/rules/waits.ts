import { number, type Row } from "../row.ts";

/** Shorter waits pass before anybody has read of them, in milliseconds. */
const WORTH_SAYING = 5_000;

/**
 * Why nothing leaves for now, though nothing has stopped it.
 * @param ledger holds the highest time that was stored, and until when the API has asked everyone to wait
 * @param clock the store's clock, as it is
 */
export function whyWaiting(ledger: Row | undefined, clock: number): string | undefined {
  const behind = number(ledger, "highest") - clock;
  if (behind > WORTH_SAYING) {
    const minutes = Math.ceil(behind / 60_000);
    return `The store's clock went back by ${minutes === 1 ? "a minute" : `${minutes} minutes`}, and what waits is not due before it has caught up`;
  }
  const until = number(ledger, "not_before");
  if (until - clock <= WORTH_SAYING) return undefined;
  return `The API asks everyone to wait until ${new Date(until).toISOString().replace(/\.\d+/, "")}`;
}

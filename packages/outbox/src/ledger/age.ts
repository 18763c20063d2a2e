import type { Times } from "./times.ts";

/** The time on the ledger's clock, and on the API's where that is known. */
export interface Reading {
  readonly ledger: number;
  readonly server: number | undefined;
}

/**
 * Whether a key may be sent again: it is as old as the older of the two clocks says, and that is within its window. Where
 * the API's clock is unknown, or far from this machine's, nobody can say how old it is.
 */
export function isFresh(
  first: Reading,
  now: Reading,
  window: number,
  { apart }: Pick<Times, "apart">,
): boolean {
  if (first.server === undefined || now.server === undefined) return false;
  if (Math.abs(now.server - now.ledger) > apart) return false;
  return ageOf(first, now) < window;
}

/** How long ago a moment was: what the clock says that saw more time pass. */
export function ageOf(first: Reading, now: Reading): number {
  const byServer =
    first.server === undefined || now.server === undefined
      ? Number.NEGATIVE_INFINITY
      : now.server - first.server;
  return Math.max(now.ledger - first.ledger, byServer);
}

/**
 * Whether every clock says that a moment has passed. The API's clock is asked where it was known at the time.
 */
export function hasPassed(until: Reading, now: Reading): boolean {
  if (now.ledger <= until.ledger) return false;
  return until.server === undefined || (now.server !== undefined && now.server > until.server);
}

import type { Times } from "./times.ts";

/** The time on the ledger's clock, and on the API's if known. */
export interface Reading {
  readonly ledger: number;
  readonly server: number | undefined;
}

/**
 * Whether a key may be sent again: its age on either clock must be within its window. If the API's clock is unknown, or
 * far from this machine's, the age is unknown.
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

/** How long ago a moment was, by the clock on which more time has passed. */
export function ageOf(first: Reading, now: Reading): number {
  const byServer =
    first.server === undefined || now.server === undefined
      ? Number.NEGATIVE_INFINITY
      : now.server - first.server;
  return Math.max(now.ledger - first.ledger, byServer);
}

/**
 * Whether a moment has passed on every clock. The API's clock counts if it was known at the time.
 */
export function hasPassed(until: Reading, now: Reading): boolean {
  if (now.ledger <= until.ledger) return false;
  return until.server === undefined || (now.server !== undefined && now.server > until.server);
}

/** The rate of all workers together. Times are milliseconds. */
export interface SharedPace {
  /** The time up to which sent requests have used the rate. */
  readonly paidUntil: number;
  /** Requests per second since the API asked to slow down; absent if it has not. */
  readonly slowed: number | undefined;
  /** When `slowed` was last raised. */
  readonly slowedAt: number;
  /** The current second, and how many were sent in it and in the previous one. */
  readonly second: number;
  readonly inSecond: number;
  readonly inLastSecond: number;
}

/** A slowed rate grows by this factor in a second. */
const GROWTH = 1.1;

/** This many per second count as no limit. */
const UNLIMITED = 1e6;

/** The burst allowed after a pause, in milliseconds of the rate. */
const BURST = 50;

/** Advances the time. */
export function pass(pace: SharedPace, now: number): SharedPace {
  const second = Math.floor(now / 1_000);
  const isNext = second === pace.second + 1;
  const counts =
    second <= pace.second ? {} : { second, inSecond: 0, inLastSecond: isNext ? pace.inSecond : 0 };
  const slowed =
    pace.slowed === undefined
      ? undefined
      : pace.slowed * GROWTH ** (Math.max(0, now - pace.slowedAt) / 1_000);
  return {
    ...pace,
    ...counts,
    slowed: slowed === undefined || slowed > UNLIMITED ? undefined : slowed,
    slowedAt: Math.max(now, pace.slowedAt),
  };
}

/** How many may be sent now, and in how many milliseconds the next one may. */
export function allowed(
  pace: SharedPace,
  perSecond: number | undefined,
  now: number,
): { readonly count: number; readonly nextIn: number } {
  const rate = rateOf(pace, perSecond);
  if (rate === Number.POSITIVE_INFINITY) return { count: rate, nextIn: 0 };
  const burst = Math.max(1_000 / rate, BURST);
  const room = now + burst - Math.max(pace.paidUntil, now);
  // Slightly less than one counts as one, because of rounding errors.
  const count = Math.max(0, Math.floor((room * rate) / 1_000 + 1e-6));
  return { count, nextIn: count > 0 ? 0 : Math.ceil(1_000 / rate - room) };
}

/** Records that some were sent. */
export function take(
  pace: SharedPace,
  perSecond: number | undefined,
  count: number,
  now: number,
): SharedPace {
  const rate = rateOf(pace, perSecond);
  const paidUntil =
    rate === Number.POSITIVE_INFINITY
      ? pace.paidUntil
      : Math.max(pace.paidUntil, now) + (count * 1_000) / rate;
  return { ...pace, paidUntil, inSecond: pace.inSecond + count };
}

/**
 * The API has asked to slow down. Everybody continues below the rate that was too fast, and gradually speeds up again.
 */
export function slowDown(pace: SharedPace, now: number): SharedPace {
  const measured = Math.max(pace.inSecond, pace.inLastSecond);
  const slowed = Math.max(1, Math.min(pace.slowed ?? Number.POSITIVE_INFINITY, measured) * 0.7);
  return { ...pace, slowed, slowedAt: now };
}

function rateOf({ slowed }: SharedPace, perSecond: number | undefined): number {
  return Math.min(slowed ?? Number.POSITIVE_INFINITY, perSecond ?? Number.POSITIVE_INFINITY);
}

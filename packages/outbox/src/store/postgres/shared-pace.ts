/** The rate of all workers together. Times are milliseconds. */
export interface SharedPace {
  /** Until when what has left is paid for. */
  readonly paidUntil: number;
  /** How many may leave per second since the API has asked to slow down; absent where it has not. */
  readonly slowed: number | undefined;
  /** When `slowed` was last raised. */
  readonly slowedAt: number;
  /** Which second it is, and how many have left in it and in the one before. */
  readonly second: number;
  readonly inSecond: number;
  readonly inLastSecond: number;
}

/** A slowed rate grows by this factor in a second. */
const GROWTH = 1.1;

/** So many per second are as good as no limit. */
const UNLIMITED = 1e6;

/** How much may leave at once after a pause, in milliseconds. */
const BURST = 50;

/** Lets time pass. */
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

/** How many may leave now, and in how many milliseconds the next one may. */
export function allowed(
  pace: SharedPace,
  perSecond: number | undefined,
  now: number,
): { readonly count: number; readonly nextIn: number } {
  const rate = rateOf(pace, perSecond);
  if (rate === Number.POSITIVE_INFINITY) return { count: rate, nextIn: 0 };
  const burst = Math.max(1_000 / rate, BURST);
  const room = now + burst - Math.max(pace.paidUntil, now);
  // What is a hair less than a whole one is one: the sums are not exact.
  const count = Math.max(0, Math.floor((room * rate) / 1_000 + 1e-6));
  return { count, nextIn: count > 0 ? 0 : Math.ceil(1_000 / rate - room) };
}

/** Says that some have left. */
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

/** The API has asked to slow down. Everybody goes slower than what was too fast, and from there faster, little by little. */
export function slowDown(pace: SharedPace, now: number): SharedPace {
  const measured = Math.max(pace.inSecond, pace.inLastSecond);
  const slowed = Math.max(1, Math.min(pace.slowed ?? Number.POSITIVE_INFINITY, measured) * 0.7);
  return { ...pace, slowed, slowedAt: now };
}

function rateOf({ slowed }: SharedPace, perSecond: number | undefined): number {
  return Math.min(slowed ?? Number.POSITIVE_INFINITY, perSecond ?? Number.POSITIVE_INFINITY);
}

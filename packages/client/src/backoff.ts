const LONGEST = 8_000;

/**
 * How long to wait after an attempt, in milliseconds: exponential with full jitter, so that clients that failed
 * together do not come back together.
 * @param attempt the number of attempts that have been made, from 1
 * @param base the longest wait after the first attempt
 * @param random a number from 0 up to 1
 */
export function backoff(attempt: number, base: number, random: number): number {
  return random * Math.min(Math.max(base, LONGEST), base * 2 ** (attempt - 1));
}

/** How often a row is retried before it is left for a later run. */
const TRIES = 6;

const FIRST = 1_000;

/** When a row that was left for later may be sent again by a run that is still active, in milliseconds. */
const LATER = 15 * 60_000;

/**
 * How long to wait before a row is sent again, in milliseconds. It grows, with randomness to spread rows that failed
 * together.
 * @param tries how often it was sent
 * @param random from 0 to 1
 */
export function backoff(tries: number, random: number): number {
  if (tries >= TRIES) return LATER;
  return FIRST * 2 ** (tries - 1) * (0.5 + random / 2);
}

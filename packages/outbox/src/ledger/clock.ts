/** A source of time. */
export interface Clock {
  /** Milliseconds since the epoch. May jump. */
  wall(): number;
  /** Milliseconds since some moment. Never goes back, but may stop while the machine sleeps. */
  monotonic(): number;
}

export const systemClock: Clock = {
  wall: () => Date.now(),
  monotonic: () => performance.now(),
};

/** A moment, on both kinds of clock. */
export interface Moment {
  readonly wall: number;
  readonly monotonic: number;
}

export function moment(clock: Clock): Moment {
  return { wall: clock.wall(), monotonic: clock.monotonic() };
}

/**
 * How long ago a moment was, by the clock on which more time has passed. A monotonic clock misses the time that a
 * machine slept; a wall clock may be set back.
 */
export function elapsed(since: Moment, clock: Clock): number {
  return Math.max(clock.wall() - since.wall, clock.monotonic() - since.monotonic);
}

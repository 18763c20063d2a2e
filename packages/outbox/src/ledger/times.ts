import { longestTimeout } from "@dots-payouts/client";
import { OutboxError } from "../outbox-error.ts";

const SECOND = 1_000;
const MINUTE = 60 * SECOND;
const HOUR = 60 * MINUTE;

/** Assumptions about time, in milliseconds. Longer is safer, but slower if something goes wrong. */
export interface Times {
  /**
   * The longest time from requesting a claim to the first byte of its request. A sender that was paused longer does not
   * send.
   */
  readonly budget: number;
  /** The time limit for one request, up to the last byte of its answer. */
  readonly timeout: number;
  /** How long before a key expires it is no longer sent. Covers pauses, late work and inaccurate clocks. */
  readonly margin: number;
  /** How long after a request's time limit the API may still carry it out. */
  readonly quiet: number;
  /** How far this machine's clock and the API's may differ. Beyond that, nothing is sent again. */
  readonly apart: number;
  /** How far the list is read back beyond the first relevant time. Covers clocks, and times without a zone. */
  readonly lookBack: number;
  /** How long to wait for another transaction that adds the same ID, in PostgreSQL. */
  readonly adding: number;
}

const DEFAULT_TIMES: Times = {
  budget: 30 * SECOND,
  timeout: 30 * SECOND,
  margin: 2 * HOUR,
  quiet: 10 * MINUTE,
  apart: 30 * MINUTE,
  lookBack: 24 * HOUR,
  adding: 10 * SECOND,
};

/** @throws OutboxError if a time is not positive, or the margin is too small for its purpose. */
export function readTimes(given: Partial<Times> = {}): Times {
  const times = { ...DEFAULT_TIMES, ...given };
  for (const [name, value] of Object.entries(times)) {
    if (!(Number.isFinite(value) && value > 0)) {
      throw new OutboxError(`times.${name} must be a positive number of milliseconds, not ${value}.`);
    }
  }
  if (times.timeout > longestTimeout) {
    throw new OutboxError(
      `times.timeout is ${times.timeout} ms, but the client waits at most ${longestTimeout} ms for an answer.`,
    );
  }
  if (times.margin < times.budget + times.timeout) {
    throw new OutboxError("times.margin must be at least times.budget plus times.timeout.");
  }
  return times;
}

/** How long after its first attempt a key may be sent again: almost never if the margin is longer than its lifetime. */
export function windowOf(lifetime: number, { margin }: Times): number {
  return Math.max(1, lifetime - margin);
}

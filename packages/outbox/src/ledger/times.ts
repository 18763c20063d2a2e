import { longestTimeout } from "@dots-payouts/client";
import { OutboxError } from "../outbox-error.ts";

const SECOND = 1_000;
const MINUTE = 60 * SECOND;
const HOUR = 60 * MINUTE;

/** What is assumed about time, in milliseconds. Longer is safer, and slower where something went wrong. */
export interface Times {
  /** The longest time from asking for a claim to the first byte of its request. A sender that was paused longer does not send. */
  readonly budget: number;
  /** How long one request may take, to the last byte of its answer. */
  readonly timeout: number;
  /** How long before the end of a key's lifetime it is no longer sent. Covers pauses, late work and a clock that is off. */
  readonly margin: number;
  /** How long after the last moment of a request the API may still carry it out. */
  readonly quiet: number;
  /** How far the clock of this machine and that of the API may be apart. Further, and nothing is sent again. */
  readonly apart: number;
  /** How far back the list is read, before the first time that matters. Covers clocks, and times without a zone. */
  readonly lookBack: number;
}

const DEFAULT_TIMES: Times = {
  budget: 30 * SECOND,
  timeout: 30 * SECOND,
  margin: 2 * HOUR,
  quiet: 10 * MINUTE,
  apart: 30 * MINUTE,
  lookBack: 24 * HOUR,
};

/** @throws OutboxError if a time is not positive, or the margin does not cover what it is there for. */
export function readTimes(given: Partial<Times> = {}): Times {
  const times = { ...DEFAULT_TIMES, ...given };
  for (const [name, value] of Object.entries(times)) {
    if (!(Number.isFinite(value) && value > 0)) {
      throw new OutboxError(`times.${name} has to be a positive number of milliseconds, not ${value}.`);
    }
  }
  if (times.timeout > longestTimeout) {
    throw new OutboxError(
      `times.timeout is ${times.timeout} ms, and the client waits ${longestTimeout} ms for an answer at most.`,
    );
  }
  if (times.margin < times.budget + times.timeout) {
    throw new OutboxError("times.margin has to cover times.budget and times.timeout together.");
  }
  return times;
}

/** How long after its first attempt a key may be sent again: next to never where the margin is longer than its life. */
export function windowOf(lifetime: number, { margin }: Times): number {
  return Math.max(1, lifetime - margin);
}

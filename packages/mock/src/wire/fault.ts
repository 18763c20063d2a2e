/**
 * Ways in which an answer can fail: the connection is reset, no answer comes, half of the body comes, the body is not
 * JSON, or the status is 503. The request was carried out in each case, as it may have been in production.
 */
export const FAULTS = ["reset", "timeout", "truncate", "garble", "status"] as const;

/** A way in which an answer can fail: one of `FAULTS`. */
export type Fault = (typeof FAULTS)[number];

export function isFault(value: string): value is Fault {
  return FAULTS.some((fault) => fault === value);
}

/** What delays or breaks an answer. */
export interface Disturbance {
  /** Milliseconds before the answer is sent. */
  readonly delay?: number | undefined;
  /** How the answer fails. Absent if it doesn't. */
  readonly fault?: Fault | undefined;
}

/** Applies a random fault to a share of all requests. `random` returns numbers from 0 to below 1. */
export function disturber(delay: number, faultRate: number, random: () => number): () => Disturbance {
  if (faultRate === 0) return () => ({ delay });
  return () =>
    random() < faultRate ? { delay, fault: FAULTS[Math.floor(random() * FAULTS.length)] } : { delay };
}

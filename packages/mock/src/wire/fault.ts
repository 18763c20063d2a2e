/**
 * Ways in which an answer can fail to arrive: the connection is reset, nothing comes, half of the body comes, the body
 * is not JSON, or the status is 503. The request has been carried out in each of them, as it may have been in life.
 */
export const FAULTS = ["reset", "timeout", "truncate", "garble", "status"] as const;

/** A way in which an answer can fail to arrive: one of `FAULTS`. */
export type Fault = (typeof FAULTS)[number];

export function isFault(value: string): value is Fault {
  return FAULTS.some((fault) => fault === value);
}

/** What keeps an answer from arriving at once and whole. */
export interface Disturbance {
  /** Milliseconds before the answer is sent. */
  readonly delay?: number | undefined;
  /** How the answer fails to arrive. Absent: it arrives. */
  readonly fault?: Fault | undefined;
}

/** Disturbs a share of all requests, each by a fault of any kind. `random` gives numbers from 0 to below 1. */
export function disturber(delay: number, faultRate: number, random: () => number): () => Disturbance {
  if (faultRate === 0) return () => ({ delay });
  return () =>
    random() < faultRate ? { delay, fault: FAULTS[Math.floor(random() * FAULTS.length)] } : { delay };
}

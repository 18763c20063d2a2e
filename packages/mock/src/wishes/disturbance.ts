import { FAULTS, type Fault } from "../wire/fault.ts";
/** What keeps an answer from arriving at once and whole. */
export interface Disturbance {
  /** Milliseconds before the answer is sent. */
  readonly delay?: number | undefined;
  readonly fault?: Fault | undefined;
}

/** Disturbs a share of all requests, each by a fault of any kind. `random` gives numbers from 0 to below 1. */
export function disturber(delay: number, faultRate: number, random: () => number): () => Disturbance {
  if (faultRate === 0) return () => ({ delay });
  return () =>
    random() < faultRate ? { delay, fault: FAULTS[Math.floor(random() * FAULTS.length)] } : { delay };
}

/** Replaces a body by something that is no JSON. */
export function garble(body: string): string {
  return `${body.slice(0, Math.ceil(body.length / 2))}\u0000<!-- garbled -->`;
}

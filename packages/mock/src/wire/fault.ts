/**
 * Ways in which an answer can fail to arrive: the connection is reset, nothing comes, half of the body comes, the body
 * is no JSON, or the status is 503. The request has been carried out in each of them, as it may have been in life.
 */
export const FAULTS = ["reset", "timeout", "truncate", "garble", "status"] as const;

export type Fault = (typeof FAULTS)[number];

export function isFault(value: string): value is Fault {
  return FAULTS.some((fault) => fault === value);
}

import type { Parts } from "./part.ts";

/**
 * What can be said for sure of the values of schemas. `false` is no answer: it may be so all the same.
 */
export interface Prover {
  /** Whether every value that fits the ones fits the others as well. */
  isWithin(some: Parts, others: Parts): boolean;
  /** Whether no value fits. */
  isEmpty(parts: Parts): boolean;
}

import type { Parts } from "./part.ts";

/**
 * What is certain about the values of schemas. `false` means unknown: it may still be true.
 */
export interface Prover {
  /** Whether every value that matches the first schemas also matches the others. */
  isWithin(some: Parts, others: Parts): boolean;
  /** Whether no value matches. */
  isEmpty(parts: Parts): boolean;
}

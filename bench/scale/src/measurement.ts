/** What was measured: milliseconds, bytes or a count, as the row says; and what processors worked for it. */
export interface Measured {
  readonly value: number;
  /** Milliseconds of all processes together: on a busy machine, this is what to compare. */
  readonly cpu?: number;
}

/** What a row has at one size: a measurement, or why there is none. */
export type Cell = Measured | { readonly failed: string };

/** All that was found at one size, by row. */
export type Column = ReadonlyMap<string, Cell>;

/** The middle one; of an even number, the upper of the two in the middle. */
export function median(values: readonly number[]): number {
  const sorted = [...values].sort((a, b) => a - b);
  return sorted[Math.floor(sorted.length / 2)] ?? Number.NaN;
}

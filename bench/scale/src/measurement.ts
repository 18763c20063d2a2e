/** A measurement in milliseconds, bytes or a count, as the row says, with the CPU time for it. */
export interface Measured {
  readonly value: number;
  /** CPU milliseconds of all processes together: compare these on a busy machine. */
  readonly cpu?: number;
}

/** The value of a row at one size: a measurement, or the reason why there is none. */
export type Cell = Measured | { readonly failed: string };

/** All measurements at one size, by row. */
export type Column = ReadonlyMap<string, Cell>;

/** The median; of an even number, the upper of the two in the middle. */
export function median(values: readonly number[]): number {
  const sorted = [...values].sort((a, b) => a - b);
  return sorted[Math.floor(sorted.length / 2)] ?? Number.NaN;
}

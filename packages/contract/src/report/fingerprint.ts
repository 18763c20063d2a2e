import type { BrokenPromise } from "../expectations/broken-promise.ts";

/**
 * Identifies a broken promise across runs and seeds: the operation, what is wrong, and the rule of the spec with its
 * keyword. The text of a rule can contain random names and values.
 */
export function fingerprint(operation: string, { cause, place, name }: BrokenPromise): string {
  const [, kind] = /^(not refused|refused with \d+):/.exec(cause) ?? [];
  const rule = name === undefined ? place : `${place}/${name}`;
  return kind === undefined ? `${operation} ${cause}` : `${operation} ${kind}: ${rule}`;
}

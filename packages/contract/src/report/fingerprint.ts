import type { BrokenPromise } from "../expectations/broken-promise.ts";

/**
 * What a broken promise is recognised by in a later run, whatever its seed: the operation, what is wrong, and the rule of
 * the spec with its keyword. The words of a rule can have random names and values in them.
 */
export function fingerprint(operation: string, { cause, place, name }: BrokenPromise): string {
  const [, kind] = /^(not refused|refused with \d+):/.exec(cause) ?? [];
  const rule = name === undefined ? place : `${place}/${name}`;
  return kind === undefined ? `${operation} ${cause}` : `${operation} ${kind}: ${rule}`;
}

import {
  givenValue,
  isObject,
  type Json,
  type JsonObject,
  keywordValues,
  leastValue,
  listedValues,
  memoizeByObject,
  typesOf,
} from "@dots-payouts/openapi";
import fc from "fast-check";

/** The keyword for values known to exist on the server. No spec has it: it is added to a place's schemas. */
export const GIVEN = "x-given-values";

/** The values that are known to exist for a place. */
export function givenValues(parts: readonly JsonObject[]): Json[] {
  return keywordValues(parts, GIVEN).flatMap((values) => (Array.isArray(values) ? values : []));
}

/**
 * A plain, small value for a place: one known to exist, else a listed value, example or default of the spec, else the
 * smallest that its bounds allow. Objects and lists are empty: the caller fills in what they require.
 */
export const sample = memoizeByObject((parts: readonly JsonObject[]): Json => {
  const [existing] = givenValues(parts);
  if (existing !== undefined) return existing;
  const isNumber = typesOf(parts)?.some((type) => type === "integer" || type === "number") === true;
  const [listed] = listedValues(parts) ?? [];
  // An example number is larger than necessary.
  const given = listed ?? (isNumber ? undefined : givenValue(parts));
  const isWhole = listed === undefined && (isObject(given) || Array.isArray(given));
  return given === undefined || isWhole ? leastValue(parts, textMatching) : given;
});

/** `undefined` if no text can be made for the pattern. */
function textMatching(pattern: string): string | undefined {
  try {
    return fc.sample(fc.stringMatching(new RegExp(pattern, "u")), { numRuns: 1, seed: 1 })[0];
  } catch {
    return undefined;
  }
}

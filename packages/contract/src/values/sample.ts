import {
  givenValue,
  isObject,
  type Json,
  type JsonObject,
  leastValue,
  listedValues,
  typesOf,
} from "@dots-payouts/openapi";
import fc from "fast-check";

/**
 * A plain, small value for a place: what the spec lists or gives as example or default, else the smallest that its
 * bounds allow. Objects and lists are empty: what they require is filled in by whoever checks the whole.
 */
export function sample(parts: readonly JsonObject[]): Json {
  const isNumber = typesOf(parts)?.some((type) => type === "integer" || type === "number") === true;
  const [listed] = listedValues(parts) ?? [];
  // A number that stands as an example is larger than it need be.
  const given = listed ?? (isNumber ? undefined : givenValue(parts));
  const isWhole = listed === undefined && (isObject(given) || Array.isArray(given));
  return given === undefined || isWhole ? leastValue(parts, textMatching) : given;
}

/** `undefined` where the pattern is beyond what texts can be made for. */
function textMatching(pattern: string): string | undefined {
  try {
    return fc.sample(fc.stringMatching(new RegExp(pattern, "u")), { numRuns: 1, seed: 1 })[0];
  } catch {
    return undefined;
  }
}

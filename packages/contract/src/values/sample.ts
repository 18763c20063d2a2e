import { isObject, type Json, type JsonObject } from "@dots-payouts/openapi";
import fc from "fast-check";

/** A keyword's values in all schemas that describe one place. */
export function keywordValues(parts: readonly JsonObject[], keyword: string): Json[] {
  return parts.flatMap((part) => {
    const value = part[keyword];
    return value === undefined ? [] : [value];
  });
}

/** The values that a place is limited to by `const` and `enum`; `undefined` where it is not. */
export function listedValues(parts: readonly JsonObject[]): Json[] | undefined {
  const lists = parts.flatMap((part) => {
    if (part["const"] !== undefined) return [[part["const"]]];
    return Array.isArray(part["enum"]) ? [part["enum"]] : [];
  });
  const [first, ...others] = lists;
  return first?.filter((value) => others.every((list) => list.includes(value)));
}

/** The JSON types that a place may have, as far as `type` says; `undefined` where any is. */
export function typesOf(parts: readonly JsonObject[]): string[] | undefined {
  const lists = keywordValues(parts, "type").map((type) => (Array.isArray(type) ? type : [type]));
  const [first, ...others] = lists;
  if (first === undefined) return undefined;
  const allowed = first.filter((type) => others.every((list) => list.includes(type)));
  return allowed.filter((type) => typeof type === "string");
}

/** A text of each format that JSON Schema names and that a request may have. */
const BY_FORMAT: Readonly<Record<string, string>> = {
  date: "2026-01-31",
  "date-time": "2026-01-31T12:00:00Z",
  time: "12:00:00Z",
  duration: "P1D",
  email: "someone@example.com",
  hostname: "example.com",
  ipv4: "192.0.2.1",
  ipv6: "2001:db8::1",
  uri: "https://example.com/",
  uuid: "2f1c9d3a-7b64-4e05-9a8d-c3b1f0e5d726",
};

/**
 * A plain, small value for a place: what the spec gives as example or default, else the smallest that its bounds
 * allow. Objects come empty: what they require is filled in by whoever checks the whole.
 */
export function sample(parts: readonly JsonObject[]): Json {
  const listed = listedValues(parts);
  if (listed?.[0] !== undefined) return listed[0];
  const types = typesOf(parts);
  // A number that stands as an example is larger than it need be.
  if (types?.some((type) => type === "integer" || type === "number")) return smallestNumber(parts);
  const examples = keywordValues(parts, "examples").flatMap((list) => (Array.isArray(list) ? list : []));
  const given = [...examples, ...keywordValues(parts, "default")][0];
  if (given !== undefined && !isObject(given) && !Array.isArray(given)) return given;
  if (types === undefined) return parts.some((part) => part["properties"] !== undefined) ? {} : "x";
  if (types.includes("object")) return {};
  if (types.includes("array")) return [];
  if (types.includes("string")) return sampleText(parts);
  return types.includes("boolean") ? true : null;
}

function sampleText(parts: readonly JsonObject[]): string {
  const format = keywordValues(parts, "format")[0];
  if (typeof format === "string" && BY_FORMAT[format] !== undefined) return BY_FORMAT[format];
  const pattern = keywordValues(parts, "pattern")[0];
  if (typeof pattern === "string") {
    const match = textMatching(pattern);
    if (match !== undefined) return match;
  }
  return "text".padEnd(bound(parts, "minLength") ?? 0, "x").slice(0, bound(parts, "maxLength") ?? 4);
}

/** `undefined` where the pattern is beyond what texts can be made for. */
function textMatching(pattern: string): string | undefined {
  try {
    return fc.sample(fc.stringMatching(new RegExp(pattern, "u")), { numRuns: 1, seed: 1 })[0];
  } catch {
    return undefined;
  }
}

/** The smallest number that the bounds of a place allow and that is not below one, where they allow that. */
function smallestNumber(parts: readonly JsonObject[]): number {
  const integer = typesOf(parts)?.includes("integer") === true;
  const step = bound(parts, "multipleOf") ?? 1;
  const lowest = bound(parts, "minimum") ?? 1;
  const above = bound(parts, "exclusiveMinimum");
  const highest = bound(parts, "maximum") ?? Number.MAX_SAFE_INTEGER;
  const wanted = Math.min(above === undefined ? lowest : Math.max(lowest, above + step), highest);
  const onStep = Math.ceil(wanted / step) * step;
  return integer ? Math.ceil(onStep) : onStep;
}

/** The narrowest bound that a keyword sets in all schemas of a place. */
export function bound(parts: readonly JsonObject[], keyword: string): number | undefined {
  const numbers = keywordValues(parts, keyword).filter((value) => typeof value === "number");
  if (numbers.length === 0) return undefined;
  return keyword.startsWith("max") || keyword === "exclusiveMaximum"
    ? Math.min(...numbers)
    : Math.max(...numbers);
}

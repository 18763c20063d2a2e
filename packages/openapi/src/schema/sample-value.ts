import { decimal, nextMultiple } from "../json/decimal.ts";
import { isObject, type Json, type JsonObject } from "../json/json.ts";
import { matchingText } from "./matching-text.ts";
import { bound, keywordValues, listedValues, typesOf } from "./part-values.ts";

/** Makes a text of a given length that matches a pattern; `undefined` if it can't. */
export type TextMaker = (pattern: string, least?: number, most?: number) => string | undefined;

/** The value that the schemas themselves provide: the first listed one, an example, or the default. */
export function givenValue(parts: readonly JsonObject[]): Json | undefined {
  const [listed] = listedValues(parts) ?? [];
  if (listed !== undefined) return listed;
  const examples = keywordValues(parts, "examples").flatMap((list) => (Array.isArray(list) ? list : []));
  return [...keywordValues(parts, "example"), ...examples, ...keywordValues(parts, "default")][0];
}

/**
 * A small value of the type that the schemas allow, within their bounds. Objects and lists are empty: callers that know
 * their contents fill them.
 */
export function leastValue(parts: readonly JsonObject[], textFor: TextMaker = matchingText): Json {
  const types = typesOf(parts) ?? [meantType(parts)];
  if (types.includes("integer") || types.includes("number")) return leastNumber(parts);
  if (types.includes("object")) return {};
  if (types.includes("array")) return [];
  if (types.includes("string")) return leastText(parts, textFor);
  return types.includes("boolean") ? true : null;
}

/** The type for a value of any type: the one that the keywords imply, or else a string if allowed. */
function meantType(parts: readonly JsonObject[]): string {
  const speaks = (...keywords: string[]): boolean =>
    parts.some((part) => keywords.some((keyword) => part[keyword] !== undefined));
  if (speaks("properties", "required", "additionalProperties", "patternProperties")) return "object";
  if (speaks("items", "prefixItems", "minItems")) return "array";
  if (speaks("minimum", "maximum", "multipleOf", "exclusiveMinimum", "exclusiveMaximum")) return "number";
  const refused = keywordValues(parts, "not").flatMap((schema) =>
    isObject(schema) ? (typesOf([schema]) ?? []) : [],
  );
  return ["string", "integer", "boolean", "object"].find((type) => !refused.includes(type)) ?? "null";
}

/** The smallest allowed number; 1 if there is no lower bound and 1 is allowed. */
function leastNumber(parts: readonly JsonObject[]): number {
  const isWhole = typesOf(parts)?.includes("integer") === true;
  const step = bound(parts, "multipleOf");
  const minimum = bound(parts, "minimum") ?? -Infinity;
  const above = bound(parts, "exclusiveMinimum") ?? -Infinity;
  const maximum = bound(parts, "maximum") ?? Infinity;
  const below = bound(parts, "exclusiveMaximum") ?? Infinity;
  const room = Math.min(maximum, below) - Math.max(minimum, above);
  const gap = step ?? (isWhole ? 1 : Math.min(1, room / 2));
  const least = Math.max(minimum, decimal(above + gap));
  const most = Math.min(maximum, decimal(below - gap));
  const wanted = Math.min(least === -Infinity ? 1 : least, most);
  const onStep = step === undefined ? wanted : nextMultiple(wanted, step);
  return isWhole ? Math.ceil(onStep) : onStep;
}

/** A sample of each JSON Schema format that a request may have. */
const BY_FORMAT: ReadonlyMap<Json, string> = new Map([
  ["date", "2026-01-31"],
  ["date-time", "2026-01-31T12:00:00Z"],
  ["time", "12:00:00Z"],
  ["duration", "P1D"],
  ["email", "someone@example.com"],
  ["hostname", "example.com"],
  ["ipv4", "192.0.2.1"],
  ["ipv6", "2001:db8::1"],
  ["uri", "https://example.com/"],
  ["url", "https://example.com/"],
  ["uuid", "2f1c9d3a-7b64-4e05-9a8d-c3b1f0e5d726"],
]);

function leastText(parts: readonly JsonObject[], textFor: TextMaker): string {
  const [format = null] = keywordValues(parts, "format");
  const patterns = keywordValues(parts, "pattern").filter((pattern) => typeof pattern === "string");
  const least = bound(parts, "minLength");
  const most = bound(parts, "maxLength");
  const plain = BY_FORMAT.get(format) ?? "text".padEnd(least ?? 0, "x").slice(0, most);
  const made = patterns.flatMap((pattern) => textFor(pattern, least, most) ?? []);
  const fits = (text: string): boolean => patterns.every((pattern) => matches(pattern, text));
  return [...(BY_FORMAT.has(format) ? [plain] : []), ...made].find(fits) ?? made[0] ?? plain;
}

function matches(pattern: string, text: string): boolean {
  try {
    return new RegExp(pattern, "u").test(text);
  } catch {
    return false;
  }
}

import { isObject, type Json } from "@dots-payouts/openapi";
import { malformedAt } from "./malformed-json.ts";
import { refuse } from "./refusal.ts";

/** Deeper than any real request, and shallow enough for every recursive function here. */
const DEEPEST = 500;

const utf8 = new TextDecoder("utf-8", { fatal: true });

/** The text of a body. A byte order mark is skipped, as RFC 8259 §8.1 permits. */
export function decodeBody(bytes: Uint8Array): string {
  try {
    return utf8.decode(bytes);
  } catch {
    throw refuse(400, "encoding", "The body is not valid UTF-8.");
  }
}

/**
 * Parses JSON. If a key appears twice, the last one counts.
 * @throws Refusal (400) if it is malformed, nested too deeply, or contains a number too large for a double.
 */
export function parseJson(text: string): Json {
  if (text.length > DEEPEST * 2 && depth(text) > DEEPEST) {
    throw refuse(400, "depth", `The body is nested more than ${DEEPEST} levels deep.`);
  }
  let value: Json;
  try {
    value = JSON.parse(text);
  } catch {
    throw refuse(400, "json", `The body is not valid JSON: ${whereIn(text)}.`);
  }
  if (mayHoldHuge(text) && !isFiniteThroughout(value)) {
    throw refuse(400, "number", "The body contains a number that is too large.");
  }
  return value;
}

/**
 * Whether a number may exceed all doubles, which have up to 309 digits: it has an exponent of three digits, or so many
 * digits that an exponent of two is enough. This is cheaper than walking each body.
 */
function mayHoldHuge(text: string): boolean {
  if (/[eE]\+?\d{3}/.test(text)) return true;
  for (let index = MANY_DIGITS - 1; index < text.length; index += MANY_DIGITS) {
    const code = text.charCodeAt(index);
    if (code >= ZERO && code <= NINE) return /\d{200}/.test(text);
  }
  return false;
}

const MANY_DIGITS = 200;
const ZERO = 0x30;
const NINE = 0x39;

function whereIn(text: string): string {
  const at = malformedAt(text);
  if (at >= text.length) return "it ends too early";
  const before = text.slice(0, at).split("\n");
  return `line ${before.length}, column ${(before.at(-1)?.length ?? 0) + 1}`;
}

function depth(text: string): number {
  let level = 0;
  let deepest = 0;
  let quoted = false;
  for (let index = 0; index < text.length; index += 1) {
    const code = text.charCodeAt(index);
    if (code === QUOTE) quoted = !quoted;
    else if (quoted) index += code === BACKSLASH ? 1 : 0;
    else if (code === OPEN_BRACE || code === OPEN_BRACKET) {
      level += 1;
      if (level > deepest) deepest = level;
    } else if (code === CLOSE_BRACE || code === CLOSE_BRACKET) level -= 1;
  }
  return deepest;
}

const QUOTE = 0x22;
const BACKSLASH = 0x5c;
const OPEN_BRACE = 0x7b;
const CLOSE_BRACE = 0x7d;
const OPEN_BRACKET = 0x5b;
const CLOSE_BRACKET = 0x5d;

function isFiniteThroughout(value: Json): boolean {
  if (typeof value === "number") return Number.isFinite(value);
  if (Array.isArray(value)) return value.every(isFiniteThroughout);
  return !isObject(value) || Object.values(value).every(isFiniteThroughout);
}

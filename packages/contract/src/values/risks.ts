import { formatPointer, givenValue, isObject, type Json, keywordValues } from "@dots-payouts/openapi";
import type { Field } from "./fields.ts";

/** A value that a server may have its own reason to refuse, although the spec allows it. */
export interface Risk {
  /** JSON Pointer into the body; the items of an array are at its place `0`. */
  readonly pointer: string;
  readonly value: Json;
  /** What kind of value it is: `a phone number`. */
  readonly kind: string;
}

/** Texts above this length, in characters, may be too long for where they are kept. */
const LONG = 64;

/** What texts look like that name something in the world: it may not be there, or not look like what is. */
const KINDS: readonly (readonly [kind: string, format: string, pattern: RegExp])[] = [
  ["a UUID", "uuid", /^[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}$/i],
  ["an e-mail address", "email", /^[^\s@]+@[^\s@]+\.[^\s@]+$/],
  ["a URL", "uri", /^[a-z][a-z0-9+.-]*:\/\//i],
  ["a phone number", "", /^\+?\d[\d ().-]*$/],
];

/** The values in a body that a server may refuse by one of its own rules. */
export function risksIn(fields: readonly Field[], body: Json): Risk[] {
  const byPointer = new Map(fields.map((field) => [field.pointer, field]));
  const visit = (value: Json, pointer: string, owner: Field | undefined): Risk[] => {
    const field = byPointer.get(pointer) ?? owner;
    if (typeof value === "number") return [{ pointer, value, kind: "a larger number" }];
    if (typeof value === "string") {
      const kind = kindOf(value, byPointer.get(pointer));
      return kind === undefined ? [] : [{ pointer: field?.pointer ?? pointer, value, kind }];
    }
    if (Array.isArray(value)) return value.flatMap((item) => visit(item, `${pointer}/0`, field));
    if (!isObject(value)) return [];
    const entries = Object.entries(value);
    // What the spec leaves open may be too long as a whole.
    const isOpen = field !== undefined && field === byPointer.get(pointer) && isFree(field);
    const whole =
      isOpen && JSON.stringify(value).length > LONG ? [{ pointer, value, kind: "a long value" }] : [];
    const names = entries.flatMap(([name]) =>
      byPointer.has(pointer + formatPointer([name])) || !isOdd(name)
        ? []
        : [{ pointer: field?.pointer ?? pointer, value: name, kind: "an odd name" }],
    );
    return [
      ...whole,
      ...names,
      ...entries.flatMap(([name, child]) => visit(child, pointer + formatPointer([name]), field)),
    ];
  };
  return visit(body, "", undefined);
}

function kindOf(text: string, field: Field | undefined): string | undefined {
  if (text.length > LONG) return "a long text";
  const named = field === undefined ? undefined : kindAt(field);
  if (named !== undefined) return named;
  // Digits alone are a phone number only where the spec shows one.
  const [kind] = KINDS.find(([, format, pattern]) => format !== "" && pattern.test(text)) ?? [];
  return kind ?? (isOdd(text) ? "an odd text" : undefined);
}

/** The kind of what a place holds, by its format or by its example. */
function kindAt({ parts }: Field): string | undefined {
  const formats = keywordValues(parts, "format");
  const example = givenValue(parts);
  const [kind] =
    KINDS.find(
      ([, format, pattern]) =>
        formats.includes(format) || (typeof example === "string" && pattern.test(example)),
    ) ?? [];
  return kind;
}

function isFree({ parts }: Field): boolean {
  return !parts.some((part) => isObject(part["properties"]));
}

/** Whether a text has something in it that is rarely typed: other scripts, signs, markup, control characters, blanks alone. */
function isOdd(text: string): boolean {
  return /[^\p{ASCII}]|[\p{Cc}<>&"'\\/$~;{}[\]]/u.test(text) || (text !== "" && text.trim() === "");
}

import {
  formatPointer,
  givenValue,
  isObject,
  type Json,
  keywordValues,
  memoizeByObject,
} from "@dots-payouts/openapi";
import type { Field } from "./fields.ts";

/** A value that a server may refuse by its own rules, although the spec allows it. */
export interface Risk {
  /** JSON Pointer into the body; array items are at index `0`. */
  readonly pointer: string;
  readonly value: Json;
  /** What kind of value it is: `a phone number`. */
  readonly kind: string;
}

/** Strings longer than this, in characters, may be too long for the server's storage. */
const LONG = 64;

/** Patterns of strings that name something real, which may not exist or be implausible. */
const KINDS: readonly (readonly [kind: string, format: string, pattern: RegExp])[] = [
  ["a UUID", "uuid", /^[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}$/i],
  ["an email address", "email", /^[^\s@]+@[^\s@]+\.[^\s@]+$/],
  ["a URL", "uri", /^[a-z][a-z0-9+.-]*:\/\//i],
  ["a phone number", "", /^\+?\d[\d ().-]*$/],
];

/** The values in a body that a server may refuse by one of its own rules. */
export function risksIn(fields: readonly Field[], body: Json): Risk[] {
  const byPointer = byPointerOf(fields);
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
    // A free-form value may be too long as a whole.
    const isOpen = field !== undefined && field === byPointer.get(pointer) && isFree(field);
    const whole =
      isOpen && JSON.stringify(value).length > LONG ? [{ pointer, value, kind: "a long value" }] : [];
    const names = entries.flatMap(([name]) =>
      byPointer.has(pointer + formatPointer([name])) || !isOdd(name)
        ? []
        : [{ pointer: field?.pointer ?? pointer, value: name, kind: "an unusual name" }],
    );
    return [
      ...whole,
      ...names,
      ...entries.flatMap(([name, child]) => visit(child, pointer + formatPointer([name]), field)),
    ];
  };
  return visit(body, "", undefined);
}

const byPointerOf = memoizeByObject(
  (fields: readonly Field[]) => new Map(fields.map((field) => [field.pointer, field])),
);

function kindOf(text: string, field: Field | undefined): string | undefined {
  if (text.length > LONG) return "a long text";
  const named = field === undefined ? undefined : kindAt(field);
  if (named !== undefined) return named;
  // Digits alone only count as a phone number if the spec's example is one.
  const [kind] = KINDS.find(([, format, pattern]) => format !== "" && pattern.test(text)) ?? [];
  return kind ?? (isOdd(text) ? "an unusual string" : undefined);
}

/** The kind of value at a place, by its format or example. */
const kindAt = memoizeByObject(({ parts }: Field): string | undefined => {
  const formats = keywordValues(parts, "format");
  const example = givenValue(parts);
  const [kind] =
    KINDS.find(
      ([, format, pattern]) =>
        formats.includes(format) || (typeof example === "string" && pattern.test(example)),
    ) ?? [];
  return kind;
});

function isFree({ parts }: Field): boolean {
  return !parts.some((part) => isObject(part["properties"]));
}

/** Whether a string has something unusual: other scripts, signs, markup, control characters, only spaces. */
function isOdd(text: string): boolean {
  return /[^\p{ASCII}]|[\p{Cc}<>&"'\\/$~;{}[\]]/u.test(text) || (text !== "" && text.trim() === "");
}

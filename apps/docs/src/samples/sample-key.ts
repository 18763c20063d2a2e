import { type IdempotencyKey, type Json, type Operation, setAt } from "@dots-payouts/openapi";

/** The place of the new idempotency key in a body, until a language inserts the code that makes one. */
const PLACE = "\uE000";

/** What readers have to know about the key, as lines of a comment. */
export function keyAdvice({ idempotencyKey }: Operation): string[] {
  if (idempotencyKey === undefined) return [];
  const time = lifetimeInWords(idempotencyKey);
  return [
    "Keep this key. If no answer comes, send the same",
    `request with it again${time === undefined ? "" : ` within ${time}`}: it is`,
    "carried out once. Another request needs another key.",
  ];
}

/** How long a key protects: `24 hours`. */
export function lifetimeInWords({ lifetime }: IdempotencyKey): string | undefined {
  if (lifetime === undefined) return undefined;
  const [length, unit] = UNITS.find(([each]) => lifetime % each === 0) ?? [1, "millisecond"];
  const count = lifetime / length;
  return `${count} ${unit}${count === 1 ? "" : "s"}`;
}

const UNITS = [
  [3_600_000, "hour"],
  [60_000, "minute"],
  [1_000, "second"],
] as const;

/** A body with a place for a new idempotency key. It replaces the example's key, because readers would copy that. */
export function withKeyPlace(body: Json, { idempotencyKey }: Operation): Json {
  return idempotencyKey === undefined ? body : setAt(body, idempotencyKey.pointer, PLACE);
}

/** A body without an idempotency key, for clients that take the key separately. */
export function withoutKeyPlace(body: Json): Json {
  return JSON.parse(JSON.stringify(body, (_name, value) => (value === PLACE ? undefined : value)));
}

/** The code of a body, with an expression instead of the key. `quote` is the language's quote for strings. */
export function fillKeyPlace(code: string, expression: string, quote = '"'): string {
  return code.replaceAll(`${quote}${PLACE}${quote}`, () => expression);
}

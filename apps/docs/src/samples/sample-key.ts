import { type Json, type Operation, setAt } from "@dots-payouts/openapi";

/** Where a body has its fresh idempotency key, until a language puts in the code that makes one. */
const PLACE = "\uE000";

/** What a reader has to know of the key, as a comment beside it. */
export const KEY_ADVICE: readonly string[] = [
  "Keep this key: if no answer comes, send the same request",
  "with it again. It is carried out once. Another request",
  "needs another key.",
];

/** A body with a place for a fresh idempotency key. A key of the example goes: a reader would copy it. */
export function withKeyPlace(body: Json, { idempotencyKey }: Operation): Json {
  return idempotencyKey === undefined ? body : setAt(body, idempotencyKey, PLACE);
}

/** A body without an idempotency key, for a client that takes the key apart from it. */
export function withoutKeyPlace(body: Json): Json {
  return JSON.parse(JSON.stringify(body, (_name, value) => (value === PLACE ? undefined : value)));
}

/** The code of a body, with an expression in the place of the key. `quote` is what the language puts around a text. */
export function fillKeyPlace(code: string, expression: string, quote = '"'): string {
  return code.replaceAll(`${quote}${PLACE}${quote}`, () => expression);
}

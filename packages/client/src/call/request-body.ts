import { parseJson, valueAt } from "../runtime/json.ts";
import type { Operation } from "../runtime/operation.ts";

/** How JSON may render a number inexactly: as null, with an exponent, or with more digits than are exact. */
const INEXACT = /null|\de\+|\d{16}/;

/** What a fraction looks like in JSON. */
const FRACTION = /[:[,]-?\d+(\.|e-)/;

/**
 * A request body as JSON, in its current state. `undefined` if there is none.
 * @throws Error if JSON can't represent it exactly.
 */
export function writeBody(body: unknown): string | undefined {
  const text = JSON.stringify(body);
  // Checking each value takes ten times as long.
  return text && INEXACT.test(text) ? JSON.stringify(body, requireExact) : text;
}

function requireExact(name: string, value: unknown): unknown {
  const number = value instanceof Number ? Number(value) : value;
  // JSON would write null, or digits that others read as a different number.
  if (typeof number === "number" && !(Math.abs(number) <= Number.MAX_SAFE_INTEGER)) {
    throw new Error(`${name || "the body"} is ${number}, which cannot be sent`);
  }
  return value;
}

/** @throws Error if there is a fraction where an integer is needed, such as half a cent. */
export function requireIntegers({ integers = [] }: Operation, text = ""): void {
  if (!FRACTION.test(text)) return;
  const body = parseJson(text);
  for (const name of integers) {
    const value = valueAt(body, [name]);
    if (typeof value === "number" && !Number.isInteger(value))
      throw new Error(`${name} is ${value}, which cannot be sent`);
  }
}

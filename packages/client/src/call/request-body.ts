import { parseJson, valueAt } from "../runtime/json.ts";
import type { Operation } from "../runtime/operation.ts";

/** What may be a number that JSON does not hold exactly, or a fraction: null, 16 digits, a point or an exponent. */
const DOUBTFUL = /(^|[:[,])(null|-?(\d{16}|\d+[.e]))/;

/**
 * A request body as JSON, in its current state. `undefined` if there is none.
 * @throws Error if JSON can't represent it exactly.
 */
export function writeBody(body: unknown): string | undefined {
  const text = JSON.stringify(body);
  // Checking each value takes ten times as long.
  return text && DOUBTFUL.test(text) ? JSON.stringify(body, requireExact) : text;
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
  if (!DOUBTFUL.test(text)) return;
  const body = parseJson(text);
  for (const name of integers) {
    const value = valueAt(body, [name]);
    if (typeof value === "number" && !Number.isSafeInteger(value))
      throw new Error(`${name} is ${value}, which cannot be sent`);
  }
}

import { formatPointer, getAt, isObject, type Json } from "@dots-payouts/openapi";
import type { SchemaError } from "../schema/validators.ts";
import { type Field, parentOf, replaceAt } from "./fields.ts";
import { sample } from "./sample.ts";

/** How many repairs are tried before giving up on a body. */
const LIMIT = 40;

/**
 * Makes a body valid by filling in what its schema misses, one broken rule at a time.
 * @param errors the rules that a body breaks
 * @param choice which alternative of a broken `anyOf` or `oneOf` to use
 * @returns `undefined` if there is no way
 */
export function complete(
  body: Json,
  fields: readonly Field[],
  errors: (body: Json) => SchemaError[],
  choice = 0,
): Json | undefined {
  let current = body;
  for (let step = 0; step < LIMIT; step += 1) {
    const broken = errors(current);
    if (broken.length === 0) return current;
    const missing = broken.filter((error) => error.keyword === "required" && error.missing !== undefined);
    const alternatives = missing.filter((error) => /\/(anyOf|oneOf)\/\d+\//.test(error.place));
    const fixed = missing.find((error) => !alternatives.includes(error));
    const next = fixed ?? alternatives[Math.min(choice, alternatives.length - 1)];
    const repaired =
      next === undefined ? replaceFirst(current, fields, broken) : insert(current, fields, childOf(next));
    if (repaired === undefined) return undefined;
    current = repaired;
  }
  return undefined;
}

/** A copy of a body with a sample at a place, and with its parents. */
function insert(body: Json, fields: readonly Field[], pointer: string): Json | undefined {
  const field = fields.find((known) => known.pointer === pointer);
  if (field === undefined) return undefined;
  return insertValue(body, fields, pointer, sample(field.parts));
}

/** A copy of a body with a value at a place, and with its parents. */
export function insertValue(
  body: Json,
  fields: readonly Field[],
  pointer: string,
  value: Json,
): Json | undefined {
  const field = fields.find((known) => known.pointer === pointer);
  if (field === undefined) return undefined;
  const above = parentOf(pointer);
  const parent = getAt(body, above);
  if (field.item) return above === "" ? [value] : insertValue(body, fields, above, [value]);
  if (isObject(parent)) return replaceAt(body, pointer, value);
  const withParent = insertValue(body, fields, above, {});
  return withParent === undefined ? undefined : replaceAt(withParent, pointer, value);
}

function replaceFirst(
  body: Json,
  fields: readonly Field[],
  errors: readonly SchemaError[],
): Json | undefined {
  for (const error of errors) {
    const field = fields.find((known) => known.pointer === error.at.replace(/\/\d+(?=\/|$)/g, "/0"));
    if (field === undefined) continue;
    const value = sample(field.parts);
    if (JSON.stringify(getAt(body, error.at)) === JSON.stringify(value)) continue;
    return replaceAt(body, error.at, value);
  }
  return undefined;
}

function childOf(error: SchemaError): string {
  return error.at + formatPointer([error.missing ?? ""]);
}

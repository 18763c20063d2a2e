import { formatPointer, getAt, isObject, type Json } from "@dots-payouts/openapi";
import type { Fault } from "../schema/validators.ts";
import { type Field, parentOf, replaceAt } from "./fields.ts";
import { sample } from "./sample.ts";

/** Repairs that are tried before a body is given up. */
const LIMIT = 40;

/**
 * Makes a body valid by filling in what its schema misses, one broken rule at a time.
 * @param faults the rules that a body breaks
 * @param choice which of the alternatives of a broken `anyOf` or `oneOf` is taken
 * @returns `undefined` when no way was found
 */
export function complete(
  body: Json,
  fields: readonly Field[],
  faults: (body: Json) => Fault[],
  choice = 0,
): Json | undefined {
  let current = body;
  for (let step = 0; step < LIMIT; step += 1) {
    const broken = faults(current);
    if (broken.length === 0) return current;
    const missing = broken.filter((fault) => fault.keyword === "required" && fault.missing !== undefined);
    const alternatives = missing.filter((fault) => /\/(anyOf|oneOf)\/\d+\//.test(fault.place));
    const fixed = missing.find((fault) => !alternatives.includes(fault));
    const next = fixed ?? alternatives[Math.min(choice, alternatives.length - 1)];
    const repaired =
      next === undefined ? replaceFirst(current, fields, broken) : insert(current, fields, childOf(next));
    if (repaired === undefined) return undefined;
    current = repaired;
  }
  return undefined;
}

/** A copy of a body with a sample at a place, and with what has to stand above it. */
function insert(body: Json, fields: readonly Field[], pointer: string): Json | undefined {
  const field = fields.find((known) => known.pointer === pointer);
  if (field === undefined) return undefined;
  return insertValue(body, fields, pointer, sample(field.parts));
}

/** A copy of a body with a value at a place, and with what has to stand above it. */
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

function replaceFirst(body: Json, fields: readonly Field[], faults: readonly Fault[]): Json | undefined {
  for (const fault of faults) {
    const field = fields.find((known) => known.pointer === fault.at.replace(/\/\d+(?=\/|$)/g, "/0"));
    if (field === undefined) continue;
    const value = sample(field.parts);
    if (JSON.stringify(getAt(body, fault.at)) === JSON.stringify(value)) continue;
    return replaceAt(body, fault.at, value);
  }
  return undefined;
}

function childOf(fault: Fault): string {
  return fault.at + formatPointer([fault.missing ?? ""]);
}

import {
  isObject,
  type Json,
  type JsonObject,
  keywordValues,
  listedValues,
  parsePointer,
  typesOf,
} from "@dots-payouts/openapi";
import fc from "fast-check";
import type { SchemaError } from "../schema/validators.ts";
import { complete } from "./complete.ts";
import { type Field, parentOf, pointersIn, replaceAt, without } from "./fields.ts";
import { givenValues, sample } from "./sample.ts";

/** How far random numbers exceed the smallest allowed one: they may be money. */
export const SPAN = 999;

/** Random values, or `undefined` if none of the attempts was suitable. */
type Attempts = fc.Arbitrary<Json | undefined>;

/** How many attempts to make for values that may hardly exist: some schemas allow almost anything. */
const ROUNDS = 4;

/** Up to `count` suitable random bodies; the same seed gives the same ones. */
export function sampleBodies(
  attempts: Attempts,
  seed: number,
  count: number,
  wanted: (body: Json) => boolean,
): Json[] {
  const found: Json[] = [];
  for (let round = 0; round < ROUNDS && found.length < count; round += 1) {
    const sampled = fc.sample(attempts, { seed: seed + round, numRuns: count });
    for (const body of sampled) {
      if (body !== undefined && found.length < count && wanted(body)) found.push(body);
    }
  }
  return found;
}

/** Random bodies that a schema allows. */
export function validBodies(fields: readonly Field[], errors: (body: Json) => SchemaError[]): Attempts {
  return fc.tuple(objectAt("", fields), fc.nat(3)).map(([start, choice]) => {
    const body = complete(start, fields, errors, choice);
    return body !== undefined && isUsual(body) ? body : undefined;
  });
}

/** Random bodies that a schema does not allow: valid ones with one place changed or left out. */
export function invalidBodies(fields: readonly Field[], errors: (body: Json) => SchemaError[]): Attempts {
  return fc
    .tuple(validBodies(fields, errors), fc.nat(), fc.option(anyJson(), { nil: undefined, freq: 4 }))
    .map(([valid, at, value]) => {
      if (valid === undefined) return undefined;
      const pointers = pointersIn(valid);
      const pointer = pointers[at % Math.max(pointers.length, 1)];
      if (pointer === undefined) return undefined;
      const body = value === undefined ? without(valid, pointer) : replaceAt(valid, pointer, value);
      return isUsual(body) && errors(body).length > 0 ? body : undefined;
    });
}

function objectAt(pointer: string, fields: readonly Field[]): fc.Arbitrary<Json> {
  const own = fields.filter((field) => !field.item && parentOf(field.pointer) === pointer);
  const model = Object.fromEntries(own.map((field) => [nameOf(field), valuesOf(field, fields)]));
  const entries = fc.record(model, { requiredKeys: [], noNullPrototype: true });
  return entries.map((object) =>
    Object.fromEntries(
      Object.entries(object).flatMap(([name, value]): [string, Json][] =>
        value === undefined ? [] : [[name, value]],
      ),
    ),
  );
}

function valuesOf(field: Field, fields: readonly Field[]): fc.Arbitrary<Json> {
  const { parts } = field;
  const listed = listedValues(parts);
  if (listed !== undefined && listed.length > 0) return fc.constantFrom(...listed);
  const given = givenValues(parts);
  if (given.length > 0) return fc.constantFrom(...given);
  const types = typesOf(parts);
  if (types === undefined) return isDescribed(parts) ? objectAt(field.pointer, fields) : anyJson();
  const kinds = types.flatMap((type): fc.Arbitrary<Json>[] => {
    if (type === "null") return [fc.constant(null)];
    if (type === "boolean") return [fc.boolean()];
    if (type === "string") return [text(parts)];
    if (type === "array") return [arrayOf(field, fields)];
    if (type === "object") return [isDescribed(parts) ? objectAt(field.pointer, fields) : anyObject()];
    const least = sample(parts);
    const from = typeof least === "number" ? least : 1;
    return [fc.integer({ min: 0, max: SPAN }).map((more) => from + more)];
  });
  // If schemas contradict each other, nothing is valid, and the caller finds that out.
  return kinds.length === 0 ? anyJson() : fc.oneof(...kinds);
}

function arrayOf(field: Field, fields: readonly Field[]): fc.Arbitrary<Json> {
  const item = fields.find((other) => other.item && parentOf(other.pointer) === field.pointer);
  return fc.array(item === undefined ? anyJson() : valuesOf(item, fields), { maxLength: 4 });
}

function text(parts: readonly JsonObject[]): fc.Arbitrary<Json> {
  const format = keywordValues(parts, "format")[0];
  if (format === "uuid") return fc.uuid();
  const plain = fc.constant(sample(parts));
  const limited = ["format", "pattern", "maxLength", "minLength"].some(
    (keyword) => keywordValues(parts, keyword).length > 0,
  );
  return limited ? plain : fc.oneof(plain, fc.string({ unit: "grapheme", maxLength: 30 }));
}

function anyJson(): fc.Arbitrary<Json> {
  return fc.json({ maxDepth: 3 }).map((json): Json => JSON.parse(json));
}

function anyObject(): fc.Arbitrary<Json> {
  return fc.dictionary(fc.string({ unit: "grapheme", maxLength: 10 }), anyJson(), { maxKeys: 4 });
}

/** Whether a body contains nothing that careful servers refuse for safety: that has its own checks. */
function isUsual(body: Json): boolean {
  return !/__proto__|"constructor"|"prototype"|\\u0000/.test(JSON.stringify(body));
}

function isDescribed(parts: readonly JsonObject[]): boolean {
  return parts.some((part) => isObject(part["properties"]));
}

function nameOf(field: Field): string {
  return parsePointer(field.pointer).at(-1) ?? "";
}

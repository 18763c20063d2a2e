import { getAt, isObject, type Json, listedValues } from "@dots-payouts/openapi";
import type { SchemaError } from "../schema/validators.ts";
import { complete, insertValue } from "./complete.ts";
import { type Field, parentOf, pointersIn, replaceAt, without } from "./fields.ts";
import { proposalsFor } from "./proposals.ts";
import { sample } from "./sample.ts";

/** A body that tests one thing: whether a value is allowed at a place. */
export interface Candidate {
  readonly body: Json;
  /** JSON Pointer to the place that it is about. */
  readonly at: string;
  /** What is special about the body: `/size = 0`. */
  readonly words: string;
  /** The rules that it breaks; empty if it is valid. */
  readonly errors: readonly SchemaError[];
  readonly large: boolean;
}

/** What candidates are made from: a body's fields, valid bodies to start from, and the schema's validator. */
export interface Ground {
  readonly fields: readonly Field[];
  readonly bases: readonly Json[];
  /** The value of a property that the body does not have. */
  readonly unknown: Json;
  errors(body: Json): SchemaError[];
}

/** The name of a property that no spec has. */
const UNKNOWN = "contract_suite_unknown";

/** Bodies that try every interesting value at every place, and that leave out parts of a valid body. */
export function listCandidates(ground: Ground): Candidate[] {
  const found = new Map<string, Candidate>();
  const add = (body: Json, at: string, words: string, large = false): void => {
    const id = `${at} ${words}`;
    if (!found.has(id)) found.set(id, { body, at, words, errors: ground.errors(body), large });
  };
  for (const field of ground.fields) {
    const base = baseWith(ground, field);
    if (base === undefined) continue;
    for (const { value, words, large } of proposalsFor(field.parts)) {
      const body = insertValue(base, ground.fields, field.pointer, value);
      if (body === undefined) continue;
      const said = `${field.pointer} = ${words ?? JSON.stringify(value)}`;
      const errors = ground.errors(body);
      add(body, field.pointer, said, large);
      // A value may require others.
      if (errors.length === 0 || !errors.some((error) => error.missing !== undefined)) continue;
      const whole = complete(body, ground.fields, ground.errors);
      if (whole === undefined || !keeps(whole, field.pointer, value)) continue;
      add(whole, field.pointer, `${said} with what it needs`, large);
    }
  }
  const leftOut = new Set<string>();
  for (const base of [...ground.bases, ...listedBases(ground)]) {
    for (const pointer of pointersIn(base)) {
      const body = without(base, pointer);
      const rule = ruleBroken(ground.errors(body)).place;
      if (rule === "" || leftOut.has(`${pointer} ${rule}`)) continue;
      leftOut.add(`${pointer} ${rule}`);
      add(body, pointer, `${pointer} left out${beside(base, pointer)}`);
    }
  }
  const known = new Set([...found.values()].flatMap(({ errors }) => errors.map(({ place }) => place)));
  for (const base of listedBases(ground)) {
    // Rules that only apply together with a listed value.
    for (const pointer of pointersIn(base)) {
      for (const value of [null, 0, "x", []]) {
        const body = replaceAt(base, pointer, value);
        const news = ground.errors(body).filter(({ place }) => !known.has(place));
        if (news.length === 0) continue;
        for (const { place } of news) known.add(place);
        add(body, pointer, `${pointer} = ${JSON.stringify(value)}${beside(base, pointer)}`);
      }
    }
  }
  for (const [at, body] of withItemTwice(ground)) add(body, at, `${at} = an array with one item twice`);
  for (const [at, body] of withUnknown(ground))
    add(body, at, `an unknown property in ${at === "" ? "the body" : at}`);
  return [...found.values()];
}

/** The smallest valid body that has something at a field's place. */
function baseWith(ground: Ground, field: Field): Json | undefined {
  const there = ground.bases.find((start) => getAt(start, field.pointer) !== undefined);
  if (there !== undefined) return there;
  const values = listedValues(field.parts) ?? [sample(field.parts)];
  const bodies = values.flatMap((value) => bodyWith(ground, field, value) ?? []);
  return bodies.toSorted((one, other) => JSON.stringify(one).length - JSON.stringify(other).length)[0];
}

/** A small valid body with a value at a field's place. */
function bodyWith(ground: Ground, field: Field, value: Json): Json | undefined {
  for (const start of ground.bases) {
    const body = insertValue(start, ground.fields, field.pointer, value);
    const whole = body === undefined ? undefined : complete(body, ground.fields, ground.errors);
    if (whole === undefined) continue;
    // Required properties are filled in, so the object may change.
    if (isObject(value) || keeps(whole, field.pointer, value)) return whole;
  }
  return undefined;
}

/** Valid bodies with each listed value of each field, because conditions depend on such values. */
function listedBases(ground: Ground): Json[] {
  return ground.fields.flatMap((field) =>
    (listedValues(field.parts) ?? []).flatMap((value) => bodyWith(ground, field, value) ?? []),
  );
}

/** Arrays with a repeated item: not all may repeat their items. */
function withItemTwice(ground: Ground): [string, Json][] {
  return ground.fields.flatMap((field): [string, Json][] => {
    const base = field.item ? baseWith(ground, field) : undefined;
    const item = base === undefined ? undefined : getAt(base, field.pointer);
    if (base === undefined || item === undefined) return [];
    const above = parentOf(field.pointer);
    return [[above, replaceAt(base, above, [item, item])]];
  });
}

function withUnknown(ground: Ground): [string, Json][] {
  const [smallest] = ground.bases;
  const root: [string, Json][] = isObject(smallest) ? [["", { ...smallest, [UNKNOWN]: ground.unknown }]] : [];
  const nested = ground.fields.flatMap((field): [string, Json][] => {
    const base = baseWith(ground, field);
    const value = base === undefined ? undefined : getAt(base, field.pointer);
    // If the spec describes no properties, none are unknown.
    if (base === undefined || !isObject(value) || !field.parts.some((part) => isObject(part["properties"])))
      return [];
    return [[field.pointer, replaceAt(base, field.pointer, { ...value, [UNKNOWN]: "x" })]];
  });
  return [...root, ...nested];
}

function keeps(body: Json, pointer: string, value: Json): boolean {
  return JSON.stringify(getAt(body, pointer)) === JSON.stringify(value);
}

/** The listed values next to a place, because a rule may depend on them. */
function beside(base: Json, pointer: string): string {
  const words = pointersIn(base).flatMap((other) => {
    const value = getAt(base, other);
    const inside = other === pointer || other.startsWith(`${pointer}/`);
    return inside || typeof value !== "string" || value.length > 12
      ? []
      : [`${other} = ${JSON.stringify(value)}`];
  });
  return words.length === 0 ? "" : `, with ${words.slice(0, 3).join(", ")}`;
}

/** A rule of a schema that a body breaks. */
export interface RuleBroken {
  /** The rule as text, starting with the place: `/size must be > 0`. */
  readonly words: string;
  /** JSON Pointer into the spec. */
  readonly place: string;
  /** The missing name, if the rule lists names. */
  readonly name?: string;
  /** JSON Pointer into the body: what is wrong, or missing. */
  readonly at: string;
}

/** The rule that a body breaks; of several, the most specific. */
export function ruleBroken(errors: readonly SchemaError[]): RuleBroken {
  const either = errors.find(({ keyword }) => keyword === "anyOf" || keyword === "oneOf");
  const inside =
    either === undefined ? [] : errors.filter(({ place }) => place.startsWith(`${either.place}/`));
  const outside = errors.filter(
    (error) => error !== either && !inside.includes(error) && error.keyword !== "if",
  );
  // An alternative that was attempted but is invalid says more than that none matches.
  const main = outside[0] ?? inside.find(({ missing }) => missing === undefined) ?? either ?? errors[0];
  if (main === undefined) return { words: "", place: "", at: "" };
  const needed = main === either ? inside.flatMap(({ missing }) => missing ?? []) : [];
  const [first = main] = main === either ? inside : [];
  if (needed.length > 0) {
    const words = `${whereIs(main.at)} must have one of ${needed.join(", ")}`;
    return { words, place: main.place, at: first.about };
  }
  return {
    words: `${whereIs(main.about)} ${main.message}`,
    place: main.place,
    at: main.about,
    ...(main.missing === undefined ? {} : { name: main.missing }),
  };
}

function whereIs(pointer: string): string {
  return pointer === "" ? "the body" : pointer;
}

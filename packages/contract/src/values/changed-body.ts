import {
  formatPointer,
  getAt,
  isObject,
  type Json,
  listedValues,
  parsePointer,
  typesOf,
} from "@dots-payouts/openapi";
import type { SchemaError } from "../schema/validators.ts";
import { complete, insertValue } from "./complete.ts";
import { type Field, parentOf, replaceAt, without } from "./fields.ts";
import { risksIn } from "./risks.ts";
import { sample } from "./sample.ts";

/** What a body is made from: its fields and its validator. */
export interface BodyRules {
  readonly fields: readonly Field[];
  errors(body: Json): SchemaError[];
  /** Whether the request makes the server message a person. */
  delivers(body: Json): boolean;
}

/** A valid body that has something at a place; `undefined` if none is found. */
export function bodyWith(rules: BodyRules, from: Json, pointer: string): Json | undefined {
  if (getAt(from, pointer) !== undefined) return from;
  const field = rules.fields.find((known) => known.pointer === pointer);
  if (field === undefined) return undefined;
  for (const value of listedValues(field.parts) ?? [filled(rules.fields, field)]) {
    const inserted = insertValue(from, rules.fields, pointer, value);
    const whole = inserted === undefined ? undefined : complete(inserted, rules.fields, rules.errors);
    if (whole !== undefined && rules.delivers(whole) === rules.delivers(from)) return whole;
  }
  return undefined;
}

/**
 * A valid body that only differs from another at one place, and in what that change requires. `undefined` if none is
 * found.
 */
export function changedBody(rules: BodyRules, from: Json, pointer: string): Json | undefined {
  const before = getAt(from, pointer);
  const field = rules.fields.find((known) => known.pointer === pointer);
  if (before === undefined || field === undefined) return undefined;
  for (const value of otherValues(rules.fields, field, before)) {
    const whole = complete(replaceAt(from, pointer, value), rules.fields, rules.errors);
    if (whole === undefined || rules.delivers(whole) !== rules.delivers(from)) continue;
    if (JSON.stringify(getAt(whole, pointer)) !== JSON.stringify(before)) return whole;
  }
  return undefined;
}

/** A body in which everything is different, as far as the schema allows. */
export function changedEverywhere(rules: BodyRules, from: Json): Json {
  const tops = rules.fields.filter(({ item, pointer }) => !item && parsePointer(pointer).length === 1);
  return tops.reduce((body, { pointer }) => {
    const there = bodyWith(rules, body, pointer);
    return there === undefined ? body : (changedBody(rules, there, pointer) ?? there);
  }, from);
}

/**
 * The same body without values that a server may not know, or with plain ones if they are required; `undefined` if
 * there are none.
 */
export function withoutRisks(rules: BodyRules, from: Json): Json | undefined {
  const risks = new Set(risksIn(rules.fields, from).map(({ pointer }) => pointer));
  const plain = [...risks].reduce((body, pointer) => {
    const field = rules.fields.find((known) => known.pointer === pointer);
    const left = without(body, pointer);
    if (field === undefined || rules.errors(left).length === 0) return left;
    return replaceAt(body, pointer, sample(field.parts));
  }, from);
  const isOther = JSON.stringify(plain) !== JSON.stringify(from);
  return isOther && rules.errors(plain).length === 0 && rules.delivers(plain) === rules.delivers(from)
    ? plain
    : undefined;
}

/** A non-empty value for a place, if it is an object. */
function filled(fields: readonly Field[], field: Field): Json {
  const value = sample(field.parts);
  if (!isObject(value)) return value;
  const inner = fields.filter(({ item, pointer }) => !item && parentOf(pointer) === field.pointer);
  return Object.fromEntries(inner.map((child) => [nameOf(child), sample(child.parts)]));
}

function otherValues(fields: readonly Field[], field: Field, value: Json): Json[] {
  const listed = listedValues(field.parts);
  if (listed !== undefined) return listed.filter((other) => other !== value);
  if (typeof value === "number") return [value + 1, value - 1];
  if (typeof value === "boolean") return [!value];
  if (typeof value === "string") return [otherText(value)];
  if (isObject(value)) {
    const changed = Object.entries(value).flatMap(([name, child]): [string, Json][] => {
      const place = field.pointer + formatPointer([name]);
      const inner = fields.find(({ pointer }) => pointer === place);
      const other = inner === undefined ? undefined : otherValues(fields, inner, child)[0];
      return other === undefined ? [] : [[name, other]];
    });
    return changed.length > 0 ? [{ ...value, ...Object.fromEntries(changed) }] : [filled(fields, field)];
  }
  return typesOf(field.parts) === undefined ? ["another value"] : [sample(field.parts)];
}

/** A different string of the same kind: another number, address or ID. */
function otherText(text: string): string {
  const at = text.search(/\d(?!.*\d)/s);
  if (at >= 0) {
    const digit = (Number(text.charAt(at)) + 1) % 10;
    return `${text.slice(0, at)}${digit}${text.slice(at + 1)}`;
  }
  return text.includes("@") ? `other.${text}` : `${text}${text.includes("/") ? "other" : " other"}`;
}

function nameOf({ pointer }: Field): string {
  return parsePointer(pointer).at(-1) ?? "";
}

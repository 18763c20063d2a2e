import {
  bound,
  isObject,
  type Json,
  type JsonObject,
  keywordValues,
  listedValues,
  typesOf,
} from "@dots-payouts/openapi";
import { givenValues, sample } from "./sample.ts";

/** A value worth trying at a place. The schema decides whether it is allowed there. */
export interface Proposal {
  readonly value: Json;
  /** A description, if the value itself is hard to read. */
  readonly words?: string;
  /** A value larger than necessary, which would be a large amount if it is money. */
  readonly large?: boolean;
}

/** A combining accent, and a character that changes under Unicode normalization. */
const NOT_NORMALIZED = "Cafe\u0301 \u212bngstro\u0308m";

/** The values worth trying at a place: every type, every listed value, values around every bound. */
export function proposalsFor(parts: readonly JsonObject[]): Proposal[] {
  const types = typesOf(parts);
  const listed = listedValues(parts);
  const typical = listed ?? [sample(parts)];
  const proposals: Proposal[] = [
    ...givenValues(parts).map((value) => ({ value })),
    ...(listed ?? []).map((value) => ({ value })),
    { value: null },
    { value: true },
    { value: false },
    ...numbers(parts, types),
    ...texts(parts, types, listed),
    { value: [], words: "an empty array" },
    { value: typical.slice(0, 1), words: "an array around a value" },
    { value: {}, words: "an empty object" },
    ...(types === undefined ? anyJson() : []),
    ...(isOpen(parts, types) ? anyObject() : []),
  ];
  const seen = new Set<string>();
  return proposals.filter(({ value }) => {
    const text = JSON.stringify(value);
    if (seen.has(text)) return false;
    seen.add(text);
    return true;
  });
}

function numbers(parts: readonly JsonObject[], types: readonly string[] | undefined): Proposal[] {
  if (types !== undefined && !types.some((type) => type === "integer" || type === "number")) {
    return [{ value: 0 }, { value: 1 }];
  }
  const low = bound(parts, "minimum") ?? bound(parts, "exclusiveMinimum");
  const high = bound(parts, "maximum") ?? bound(parts, "exclusiveMaximum");
  const step = bound(parts, "multipleOf");
  const around = [low, high].flatMap((edge) => (edge === undefined ? [] : [edge - 1, edge, edge + 1]));
  const smallest = sample(parts);
  const number = typeof smallest === "number" ? smallest : 1;
  return [
    ...[...around, -1, 0, number, number + 0.5, 0.5, -number].map((value) => ({ value })),
    ...(step === undefined ? [] : [{ value: number + step / 2 }]),
    { value: String(number), words: `the string "${number}"` },
    { value: `${number}.00`, words: `the string "${number}.00"` },
    { value: 2 ** 31, words: "2^31, beyond 32 bits", large: true },
    { value: Number.MAX_SAFE_INTEGER, words: "2^53 - 1, the largest exact integer", large: true },
  ];
}

function texts(
  parts: readonly JsonObject[],
  types: readonly string[] | undefined,
  listed: readonly Json[] | undefined,
): Proposal[] {
  if (types !== undefined && !types.includes("string"))
    return [{ value: "" }, { value: "text" }, { value: "true" }];
  const members = (listed ?? []).filter((value) => typeof value === "string");
  if (listed !== undefined) {
    const [member = "text"] = members;
    return [
      { value: "" },
      { value: "no-such-value" },
      { value: member.toUpperCase() },
      { value: `${member} `, words: `${JSON.stringify(member)} and a space` },
      { value: ` ${member}`, words: `a space and ${JSON.stringify(member)}` },
      { value: member.slice(0, -1) },
      { value: "null", words: 'the string "null"' },
    ];
  }
  if (keywordValues(parts, "format").includes("uuid")) return uuids();
  if (keywordValues(parts, "format").length > 0)
    return [{ value: "" }, { value: "text" }, { value: sample(parts) }];
  const shortest = bound(parts, "minLength") ?? 0;
  const longest = bound(parts, "maxLength");
  return [
    { value: "" },
    { value: sample(parts) },
    { value: "null", words: 'the string "null"' },
    { value: "Zoë Ångström, 李小龙, 🙂👩‍👩‍👧, مرحبا", words: "a string in many scripts" },
    {
      value: '"quoted" \\ / \t\n <b>&amp;</b> \'; --',
      words: "a string with quotes, tabs, newlines and markup",
    },
    { value: NOT_NORMALIZED, words: "a string that Unicode normalization would change" },
    { value: "0071255501", words: "digits with leading zeros" },
    { value: "  ", words: "two spaces" },
    ...[shortest - 1, shortest, ...(longest === undefined ? [1_000] : [longest, longest + 1])]
      .filter((length) => length > 0)
      .map((length) => ({ value: "x".repeat(length), words: `a string of ${length} characters` })),
  ];
}

/** UUIDs that are the same in every run; for an idempotency key, a fresh one of its kind is sent. */
function uuids(): Proposal[] {
  const uuid = "7d3c2a10-4b5e-4f68-9a7b-c1d2e3f40516";
  return [
    { value: "", words: "the empty string" },
    { value: uuid, words: "a UUID" },
    { value: uuid.toUpperCase(), words: "a UUID in upper case" },
    { value: withVersion(uuid, "1"), words: "a UUID of version 1" },
    { value: withVersion(uuid, "7"), words: "a UUID of version 7" },
    { value: "not-a-uuid" },
    { value: uuid.slice(0, -1), words: "a UUID without its last digit" },
    { value: `${uuid}0`, words: "a UUID with an extra digit" },
    { value: `g${uuid.slice(1)}`, words: "a UUID with the letter g" },
    { value: uuid.replaceAll("-", ""), words: "a UUID without hyphens" },
    { value: `{${uuid}}`, words: "a UUID in braces" },
    { value: ` ${uuid}`, words: "a space and a UUID" },
    { value: "null", words: 'the string "null"' },
  ];
}

function withVersion(uuid: string, version: string): string {
  return `${uuid.slice(0, 14)}${version}${uuid.slice(15)}`;
}

/** Whether a place takes objects whose content the spec does not describe. */
function isOpen(parts: readonly JsonObject[], types: readonly string[] | undefined): boolean {
  const takesObjects = types === undefined || types.includes("object");
  return takesObjects && !parts.some((part) => isObject(part["properties"]));
}

function anyJson(): Proposal[] {
  return [
    { value: 0.1 },
    { value: -1.5e-7 },
    { value: "" },
    { value: NOT_NORMALIZED, words: "a string that Unicode normalization would change" },
    { value: "0071255501", words: "digits with leading zeros" },
    { value: [1, "two", null, [], { three: true }], words: "an array of everything" },
  ];
}

function anyObject(): Proposal[] {
  return [
    { value: { a: { b: { c: [{ d: null }] } } }, words: "nested objects" },
    { value: { a: null, b: 0, c: false, d: "" }, words: "an object with null, 0, false and an empty string" },
    { value: { "": 0, "a/b": 1, "c~d": 2, ключ: 3, $ref: "#/x" }, words: "an object with unusual names" },
    {
      value: { [NOT_NORMALIZED]: [NOT_NORMALIZED] },
      words: "an object that Unicode normalization would change",
    },
  ];
}

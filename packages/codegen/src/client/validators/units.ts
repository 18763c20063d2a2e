import { hash } from "node:crypto";
import {
  eachNode,
  follow,
  getAt,
  isObject,
  type Json,
  memoize,
  type OpenApiDocument,
} from "@dots-payouts/openapi";
import { compiling } from "@dots-payouts/openapi/validation";
import type { Options } from "ajv/dist/core.js";
import type { Cache } from "../../target/target.ts";
import { bareSchemas } from "../document/without-annotations.ts";
import { closeSchemas } from "./close-schemas.ts";
import { COMPILER, compileUnit, targetOf, type Unit, unitName } from "./compile-unit.ts";
import { validatorSettings } from "./settings.ts";

/** Compiled validators. */
export interface Validators {
  readonly code: string;
  /** The name in the code, by the JSON Pointer of the schema. */
  readonly names: ReadonlyMap<string, string>;
}

/** What gives another meaning to references, or looks at what other schemas have seen of a list. */
const TOGETHER = ["$id", "$dynamicRef", "$recursiveRef", "unevaluatedItems"];

/**
 * A validator for each of the schemas at these places, and for each that they refer to: every one is made once, and
 * takes a fraction of the time and of the code that a schema takes together with those that it refers to.
 * @returns the validators, and the places of schemas that can't be compiled apart from others
 * @throws DocumentError if one does not compile
 */
export function compileUnits(
  document: OpenApiDocument,
  places: readonly string[],
  cache: Cache,
): Validators & { readonly left: readonly string[] } {
  const settings = validatorSettings(document);
  const compiler = keyOf(settings);
  const unitAt = memoize((pointer: string): Unit | undefined => {
    const schema = bareSchemas(getAt(document, pointer) ?? null);
    const closed = isTogether(schema) ? undefined : closeSchemas(document, schema, pointer);
    if (closed === undefined) return undefined;
    const key = hash("sha256", `${compiler} ${JSON.stringify(pointer)} ${JSON.stringify(closed)}`);
    return kept(cache, key, () => compiling(pointer, () => compileUnit(closed, pointer, settings)));
  });
  const used = new Map<string, Unit>();
  const names = new Map<string, string>();
  for (const place of places) {
    const start = meant(document, place);
    const units = reach(document, start, unitAt);
    for (const [pointer, unit] of units ?? []) used.set(pointer, unit);
    if (units !== undefined) names.set(place, unitName(start));
  }
  const code = [...used].map(([pointer, unit]) => `const ${unitName(pointer)} = ${unit.code};\n`);
  return { code: code.join(""), names, left: places.filter((place) => !names.has(place)) };
}

/** The unit at a place, and all that it calls; `undefined` if one of them can't be one. */
function reach(
  document: OpenApiDocument,
  start: string,
  unitAt: (pointer: string) => Unit | undefined,
): ReadonlyMap<string, Unit> | undefined {
  const units = new Map<string, Unit>();
  const queue = [start];
  for (const pointer of queue) {
    if (units.has(pointer)) continue;
    const unit = unitAt(pointer);
    if (unit === undefined) return undefined;
    units.set(pointer, unit);
    queue.push(...unit.references.map((reference) => requireTarget(document, reference, pointer)));
  }
  return units;
}

function isTogether(schema: Json): boolean {
  let found = false;
  eachNode(schema, (node) => {
    found ||= TOGETHER.some((keyword) => keyword in node);
  });
  return found;
}

/** Where the schema stands that the one at a place means, when that is a reference and nothing else. */
function meant(document: OpenApiDocument, place: string): string {
  const node = getAt(document, place) ?? null;
  // Only what has a reference can be nothing else.
  const schema = isObject(node) && "$ref" in node ? bareSchemas(node) : null;
  const reference = isObject(schema) && Object.keys(schema).length === 1 ? schema["$ref"] : undefined;
  return typeof reference === "string" ? requireTarget(document, reference, place) : place;
}

/** @throws DocumentError if the reference leads nowhere, or back to itself */
function requireTarget(document: OpenApiDocument, reference: string, from: string): string {
  follow(document, { node: { $ref: reference }, pointer: from });
  return targetOf(reference);
}

/** All that code depends on beside its schema. */
function keyOf({ formats = {}, ...settings }: Options): string {
  const patterns = Object.entries(formats).map(([name, format]) => [name, String(format)]);
  return hash("sha256", JSON.stringify([COMPILER, settings, patterns]));
}

function kept(cache: Cache, key: string, make: () => Unit): Unit {
  const known = cache.get(key);
  if (isUnit(known)) return known;
  const { code, references } = make();
  cache.set(key, { code, references: [...references] });
  return { code, references };
}

function isUnit(value: Json | undefined): value is { code: string; references: string[] } {
  if (!isObject(value) || typeof value["code"] !== "string") return false;
  const references = value["references"];
  return Array.isArray(references) && references.every((reference) => typeof reference === "string");
}

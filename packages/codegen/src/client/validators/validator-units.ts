import { hash } from "node:crypto";
import { follow, getAt, isObject, type Json, type OpenApiDocument } from "@dots-payouts/openapi";
import { compiling } from "@dots-payouts/openapi/validation";
import type { Options } from "ajv/dist/core.js";
import type { Cache } from "../../target/target.ts";
import { bareSchemas } from "../document/without-annotations.ts";
import { validatorSettings } from "./validator-settings.ts";
import { COMPILER, compileUnit, targetOf, type Unit, unitName } from "./validator-unit.ts";

/** Compiled validators. */
export interface Validators {
  readonly code: string;
  /** The name in the code, by the JSON Pointer of the schema. */
  readonly names: ReadonlyMap<string, string>;
}

/** What gives another meaning to references, or looks at what the schema referred to has seen. */
const BEYOND_UNITS = /"(\$id|\$anchor|\$dynamic\w+|\$recursive\w+|unevaluated\w+)":/;

/**
 * A validator for each of the schemas at these places, and for each that they refer to: every one is made once, and
 * takes a fraction of the time and of the code that a schema takes together with those that it refers to. `undefined`
 * where a schema can't be compiled apart from others.
 * @throws DocumentError where one does not compile
 */
export function validatorUnits(
  document: OpenApiDocument,
  places: readonly string[],
  cache: Cache,
): Validators | undefined {
  const settings = validatorSettings(document);
  const compiler = keyOf(settings);
  const units = new Map<string, Unit>();
  const names = new Map<string, string>();
  for (const place of places) {
    const start = meant(document, place);
    names.set(place, unitName(start));
    const queue = [start];
    for (const pointer of queue) {
      if (units.has(pointer)) continue;
      const schema = bareSchemas(getAt(document, pointer) ?? null);
      const text = JSON.stringify(schema);
      if (BEYOND_UNITS.test(text)) return undefined;
      const key = hash("sha256", `${compiler} ${JSON.stringify(pointer)} ${text}`);
      const unit = kept(cache, key, () => compiling(place, () => compileUnit(schema, pointer, settings)));
      units.set(pointer, unit);
      queue.push(...unit.references.map((reference) => requireTarget(document, reference, pointer)));
    }
  }
  const code = [...units].map(([pointer, unit]) => `const ${unitName(pointer)} = ${unit.code};\n`);
  return { code: code.join(""), names };
}

/** Where the schema stands that the one at a place means, when that is a reference and nothing else. */
function meant(document: OpenApiDocument, place: string): string {
  const node = getAt(document, place) ?? null;
  // Only what has a reference can be nothing else.
  const schema = isObject(node) && "$ref" in node ? bareSchemas(node) : null;
  const reference = isObject(schema) && Object.keys(schema).length === 1 ? schema["$ref"] : undefined;
  return typeof reference === "string" ? requireTarget(document, reference, place) : place;
}

/** @throws DocumentError where the reference leads nowhere, or back to itself */
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

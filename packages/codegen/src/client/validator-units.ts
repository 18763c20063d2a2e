import { DocumentError, follow, getAt, isObject, type OpenApiDocument } from "@dots-payouts/openapi";
import { bareSchemas } from "./bare-schemas.ts";
import { validatorSettings } from "./validator-settings.ts";
import { compileUnit } from "./validator-unit.ts";

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
export function validatorUnits(document: OpenApiDocument, places: readonly string[]): Validators | undefined {
  const settings = validatorSettings(document);
  const units = new Map<string, string>();
  const names = new Map<string, string>();
  for (const place of places) {
    const start = meant(document, place);
    names.set(place, unitName(start));
    const queue = [start];
    for (const pointer of queue) {
      if (units.has(pointer)) continue;
      const schema = bareSchemas(getAt(document, pointer) ?? null);
      if (BEYOND_UNITS.test(JSON.stringify(schema))) return undefined;
      const callee = (reference: string): string => {
        const target = pointerOf(document, reference, pointer);
        queue.push(target);
        return unitName(target);
      };
      units.set(
        pointer,
        compile(place, () => compileUnit(schema, pointer, settings, callee)),
      );
    }
  }
  const code = [...units].map(([pointer, unit]) => `const ${unitName(pointer)} = ${unit};\n`);
  return { code: code.join(""), names };
}

/** Where the schema stands that the one at a place means, when that is a reference and nothing else. */
function meant(document: OpenApiDocument, place: string): string {
  const schema = bareSchemas(getAt(document, place) ?? null);
  const reference = isObject(schema) && Object.keys(schema).length === 1 ? schema["$ref"] : undefined;
  return typeof reference === "string" ? pointerOf(document, reference, place) : place;
}

/** @throws DocumentError where the reference leads nowhere, or back to itself */
function pointerOf(document: OpenApiDocument, reference: string, from: string): string {
  follow(document, { node: { $ref: reference }, pointer: from });
  return decodeURIComponent(reference.slice(1));
}

function compile(place: string, work: () => string): string {
  try {
    return work();
  } catch (error) {
    if (error instanceof DocumentError) throw error;
    const reason = error instanceof Error ? error.message : String(error);
    throw new DocumentError(place, `the schema does not compile: ${reason}`);
  }
}

/** A name of its own for each pointer. Ajv's have no `$`. */
function unitName(pointer: string): string {
  const short = pointer.replace(/^\/components\/schemas\//, "");
  return `check$${short.replaceAll(/\W/g, (character) => `$${character.charCodeAt(0).toString(16)}$`)}`;
}

import { readFileSync } from "node:fs";
import { isObject, type Json } from "@dots-payouts/openapi";
import { createAjv, multipleOf } from "@dots-payouts/openapi/validation";
import { Name } from "ajv/dist/compile/codegen/index.js";
import type { ScopeValueSets } from "ajv/dist/compile/codegen/scope.js";
import type { Options } from "ajv/dist/core.js";
import { callRef } from "ajv/dist/vocabularies/core/ref.js";
import manifest from "ajv/package.json" with { type: "json" };
import { closedKeyword } from "./closed-keyword.ts";

/** What the code depends on beside the schema and the settings: Ajv, and what is added to it here. */
export const COMPILER: string = [
  manifest.version,
  String(multipleOf.code),
  ...["compile-unit.ts", "closed-keyword.ts"].map((file) =>
    readFileSync(new URL(file, import.meta.url), "utf8"),
  ),
].join(" ");

/** The validator of one schema. */
export interface Unit {
  /** An expression that gives the function. */
  readonly code: string;
  /** The references to the schemas whose validators it calls, by the names that `unitName` gives. */
  readonly references: readonly string[];
}

/**
 * The validator of a schema, which calls others where the schema refers to others.
 * @param pointer JSON Pointer to the schema
 * @throws Error if the schema does not compile
 */
export function compileUnit(schema: Json, pointer: string, settings: Options): Unit {
  if (!isObject(schema) && typeof schema !== "boolean") throw new Error("it must be an object or a boolean");
  const references: string[] = [];
  const validatorOf = (reference: string): Name => {
    references.push(reference);
    return new Name(unitName(targetOf(reference)));
  };
  // An Ajv counts its names on from one schema to the next. A new one costs less than a look at all that it has seen.
  const ajv = createAjv({
    ...settings,
    meta: false,
    addUsedSchema: false,
    // Nobody calls the function here, so that there is no need to have it parsed.
    code: { source: true, optimize: true, process: () => "return () => {}" },
  });
  // It insists on these in its constructor, and they make more code.
  ajv.opts.unevaluated = false;
  ajv.opts.dynamicRef = false;
  ajv.removeKeyword("$ref").addKeyword({
    keyword: "$ref",
    schemaType: "string",
    // Where Ajv's own stands.
    before: "const",
    code(context) {
      callRef(context, validatorOf(context.schema));
    },
  });
  ajv
    .removeKeyword("unevaluatedProperties")
    .addKeyword(closedKeyword((at) => validatorOf(`#${encodeURI(at)}`)));
  const { source } = ajv.compile(schema);
  if (source === undefined) throw new Error("Ajv keeps no source");
  const { validateName, validateCode, scopeValues } = source;
  const code = isLeafWithChoice(schema) ? located(validateCode, pointer) : validateCode;
  const used = ajv.scope.scopeCode(usedIn(code, scopeValues));
  return { code: `(() => {${used}${code}return ${validateName};})()`, references };
}

/** The JSON Pointer that a reference within a document is. */
export function targetOf(reference: string): string {
  return decodeURIComponent(reference.slice(1));
}

/** Its own name for each pointer. Ajv's have no `$`. */
export function unitName(pointer: string): string {
  const short = pointer.replace(/^\/components\/schemas\//, "");
  return `check$${short.replaceAll(/\W/g, (character) => `$${character.charCodeAt(0).toString(16)}$`)}`;
}

/** Whether a schema has alternatives, and refers to no other. */
function isLeafWithChoice(schema: Json): boolean {
  const text = JSON.stringify(schema);
  return /"(anyOf|oneOf)":/.test(text) && !text.includes('"$ref":');
}

/**
 * Code whose errors say where in the document their rule stands, and not only where in the schema, as Ajv does where it
 * copies such a schema to where it is referred to: what tells why an alternative does not fit is known by its place.
 */
function located(code: string, pointer: string): string {
  const place = JSON.stringify(`#${pointer}`).slice(0, -1);
  // A text in the code has no quotation mark without a backslash before it.
  return code.replaceAll('schemaPath:"#', () => `schemaPath:${place}`);
}

/** Ajv declares the schema even where no rule looks at it. */
function usedIn(code: string, values: ScopeValueSets): ScopeValueSets {
  return Object.fromEntries(
    Object.entries(values).map(([prefix, names]) => [
      prefix,
      new Set([...(names ?? [])].filter((name) => code.includes(name.str))),
    ]),
  );
}

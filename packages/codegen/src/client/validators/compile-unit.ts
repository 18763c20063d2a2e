import { readFileSync } from "node:fs";
import { isObject, type Json } from "@dots-payouts/openapi";
import { createAjv, multipleOf } from "@dots-payouts/openapi/validation";
import { Name } from "ajv/dist/compile/codegen/index.js";
import type { ScopeValueSets } from "ajv/dist/compile/codegen/scope.js";
import type { Options } from "ajv/dist/core.js";
import { callRef } from "ajv/dist/vocabularies/core/ref.js";
import manifest from "ajv/package.json" with { type: "json" };
import { closedKeyword } from "./closed-keyword.ts";

/** What the code depends on besides the schema and the settings: Ajv, and the additions here. */
export const COMPILER: string = [
  manifest.version,
  String(multipleOf.code),
  ...["compile-unit.ts", "closed-keyword.ts"].map((file) =>
    readFileSync(new URL(file, import.meta.url), "utf8"),
  ),
].join(" ");

/** The validator of one schema. */
export interface Unit {
  /** An expression for the function. */
  readonly code: string;
  /** The references to the schemas whose validators it calls, by the names that `unitName` gives. */
  readonly references: readonly string[];
}

/**
 * The validator of a schema, which calls the validators of the schemas that it refers to.
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
  // Ajv numbers its names across schemas. A new instance costs less than checking everything that it has seen.
  const ajv = createAjv({
    ...settings,
    meta: false,
    addUsedSchema: false,
    // The function is not called here, so it need not be parsed.
    code: { source: true, optimize: true, process: () => "return () => {}" },
  });
  // Its constructor adds these, but they generate more code.
  ajv.opts.unevaluated = false;
  ajv.opts.dynamicRef = false;
  ajv.removeKeyword("$ref").addKeyword({
    keyword: "$ref",
    schemaType: "string",
    // In the place of Ajv's own keyword.
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

/** The JSON Pointer of a reference within a document. */
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
 * Code whose errors have the place of their rule in the document, not only in the schema, like Ajv when it inlines a
 * referenced schema: the reasons why an alternative does not match are found by their place.
 */
function located(code: string, pointer: string): string {
  const place = JSON.stringify(`#${pointer}`).slice(0, -1);
  // In a string literal, quotation marks are escaped with a backslash.
  return code.replaceAll('schemaPath:"#', () => `schemaPath:${place}`);
}

/** Ajv declares the schema even if no rule uses it. */
function usedIn(code: string, values: ScopeValueSets): ScopeValueSets {
  return Object.fromEntries(
    Object.entries(values).map(([prefix, names]) => [
      prefix,
      new Set([...(names ?? [])].filter((name) => code.includes(name.str))),
    ]),
  );
}

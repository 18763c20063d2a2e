import {
  DocumentError,
  formatPointer,
  getAt,
  isObject,
  type Json,
  type JsonObject,
  namesInherited,
  type OpenApiDocument,
  onFirstUse,
  withoutExamples,
} from "@dots-payouts/openapi";
import { Ajv2020, type AnySchema, type ErrorObject, type ValidateFunction } from "ajv/dist/2020.js";
import formats from "ajv-formats";
import { certainSchemas } from "./compiles-for-sure.ts";

/** Says whether a value fits a schema; `errors` holds what the last value that did not fit broke. */
export type Validator = ValidateFunction<unknown>;

/** The validators of a document's schemas, compiled once each, when they are first asked for. */
export interface Schemas {
  /**
   * Makes sure that the schema at a JSON Pointer compiles.
   * @throws DocumentError when it does not.
   */
  check(pointer: string): void;
  /**
   * The validator of the schema at a JSON Pointer.
   * @throws DocumentError when the schema does not compile.
   */
  at(pointer: string): Validator;
  /** What a value breaks of the keywords that `rules` picks from the schema at `pointer`. It is asked once. */
  broken(pointer: string, rules: () => JsonObject, value: Json): readonly ErrorObject[];
}

const ROOT = "spec:document";

/**
 * Takes the schemas of a document.
 * @throws DocumentError when one of those that are shared is no JSON Schema.
 */
export function compileSchemas(document: OpenApiDocument): Schemas {
  // What the API's own keywords mean is for the reader of the extensions; the logger would only repeat them.
  const options = {
    strict: false,
    logger: false,
    validateSchema: false,
    // It is dearer, and without it `constructor` is there in every object.
    ownProperties: namesInherited(document),
  } as const;
  const ajv = new Ajv2020(options);
  formats.default(ajv);
  for (const pointer of sharedSchemas(document)) requireSchema(ajv, document, pointer);
  const bare = withoutExamples(document);
  ajv.addSchema(bare, ROOT);
  const whole = new Map<string, Validator>();
  const parts = new Map<string, Validator>();
  const checked = new Set<string>();
  const isCertain = certainSchemas(document, (pointer) => problemOf(ajv, document, pointer) === undefined);
  const reasons = onFirstUse(() => {
    const all = new Ajv2020({ ...options, allErrors: true });
    formats.default(all);
    return all.addSchema(bare, ROOT);
  });
  const at = (pointer: string): Validator => {
    const known = whole.get(pointer);
    if (known !== undefined) return known;
    requireSchema(ajv, document, pointer);
    const validator = compile(ajv, { $ref: reference(pointer) }, pointer);
    whole.set(pointer, validator);
    return validator;
  };

  return {
    check(pointer) {
      if (checked.has(pointer)) return;
      checked.add(pointer);
      requireSchema(ajv, document, pointer);
      if (!isCertain(pointer)) at(pointer);
    },
    at,
    broken(pointer, rules, value) {
      let validator = parts.get(pointer);
      if (validator === undefined) {
        validator = compile(reasons(), fromRoot(rules()), pointer);
        parts.set(pointer, validator);
      }
      return validator(value) ? [] : (validator.errors ?? []);
    },
  };
}

function compile(ajv: Ajv2020, schema: unknown, pointer: string): Validator {
  if (!isSchema(schema)) throw new DocumentError(pointer, "not a schema");
  try {
    return ajv.compile(schema);
  } catch (error) {
    throw new DocumentError(
      pointer,
      `the schema does not compile: ${error instanceof Error ? error.message : error}`,
    );
  }
}

function sharedSchemas(document: OpenApiDocument): string[] {
  const schemas = getAt(document, "/components/schemas");
  return isObject(schemas)
    ? Object.keys(schemas).map((name) => formatPointer(["components", "schemas", name]))
    : [];
}

function requireSchema(ajv: Ajv2020, document: OpenApiDocument, pointer: string): void {
  const problem = problemOf(ajv, document, pointer);
  if (problem !== undefined) throw problem;
}

/** What keeps the node at a pointer from being a schema. */
function problemOf(ajv: Ajv2020, document: OpenApiDocument, pointer: string): DocumentError | undefined {
  const schema = getAt(document, pointer);
  if (!isSchema(schema)) return new DocumentError(pointer, "not a schema");
  try {
    if (ajv.validateSchema(schema) === true) return undefined;
  } catch {
    const dialect = typeof schema === "object" ? JSON.stringify(schema["$schema"]) : "";
    return new DocumentError(
      `${pointer}/$schema`,
      `${dialect} is no dialect of JSON Schema that is known here`,
    );
  }
  const [first] = ajv.errors ?? [];
  const problem = `not a schema: ${first?.message ?? ""}`;
  return new DocumentError(`${pointer}${first?.instancePath ?? ""}`, problem);
}

function isSchema(value: unknown): value is AnySchema {
  return isObject(value) || typeof value === "boolean";
}

function reference(pointer: string): string {
  return `${ROOT}#${pointer.split("/").map(encodeURIComponent).join("/")}`;
}

/** A copy in which references into the document still lead there, wherever the copy is compiled. */
function fromRoot(value: Json): Json {
  if (Array.isArray(value)) return value.map(fromRoot);
  if (!isObject(value)) return value;
  return Object.fromEntries(
    Object.entries(value).map(([key, child]) => [
      key,
      key === "$ref" && typeof child === "string" && child.startsWith("#")
        ? `${ROOT}${child}`
        : fromRoot(child),
    ]),
  );
}

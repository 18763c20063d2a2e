import {
  changeNodes,
  DocumentError,
  formatPointer,
  getAt,
  isObject,
  type Json,
  type JsonObject,
  memoize,
  type OpenApiDocument,
  onFirstUse,
  surelyFits,
  wordsOf,
} from "@dots-payouts/openapi";
import {
  ajvOptions,
  compileSchema,
  compileSchemas,
  createAjv,
  DOCUMENT,
  isSchema,
  type Validator,
} from "@dots-payouts/openapi/validation";
import type { ErrorObject } from "ajv/dist/2020.js";
import { certainSchemas } from "./compiles-for-sure.ts";

export type { Validator };

/** Validates schemas. Shared by all documents: compiling the meta-schema takes longer than compiling most documents. */
const schemaValidator = onFirstUse(() =>
  createAjv({ strict: false, logger: false, messages: false, ownProperties: true }),
);

/** The validators of a document's schemas, each compiled once, on first use. */
export interface Schemas {
  /**
   * Makes sure that the schema at a JSON Pointer compiles.
   * @throws DocumentError if it does not.
   */
  check(pointer: string): void;
  /**
   * Whether a value fits the schema at a JSON Pointer. The schema is only compiled if inspecting it is not enough.
   * @throws DocumentError if the schema does not compile.
   */
  fits(pointer: string, value: Json): boolean;
  /**
   * The validator of the schema at a JSON Pointer.
   * @throws DocumentError if the schema does not compile.
   */
  at(pointer: string): Validator;
  /**
   * The keywords, of those that `rules` picks from the schema at `pointer`, that a value breaks. `rules` is called
   * once.
   */
  broken(pointer: string, rules: () => JsonObject, value: Json): readonly ErrorObject[];
}

/**
 * Reads the schemas of a document.
 * @throws DocumentError if a shared schema is not a JSON Schema.
 */
export function readSchemas(document: OpenApiDocument): Schemas {
  const options = ajvOptions(document);
  const ajv = createAjv(options);
  for (const pointer of sharedSchemas(document)) requireSchema(document, pointer);
  const schemas = compileSchemas(document, ajv);
  const isCertain = certainSchemas(document, (pointer) => problemOf(document, pointer) === undefined);
  const at = memoize((pointer: string): Validator => {
    requireSchema(document, pointer);
    return schemas.at(pointer);
  });
  const reasons = onFirstUse(() =>
    createAjv({ ...options, allErrors: true }).addSchema(schemas.document, DOCUMENT),
  );
  const parts = new Map<string, Validator>();
  return {
    check: memoize((pointer) => {
      requireSchema(document, pointer);
      if (!isCertain(pointer)) at(pointer);
    }),
    fits: (pointer, value) =>
      (isCertain(pointer) && surelyFits(document, pointer, value)) || at(pointer)(value),
    at,
    broken(pointer, rules, value) {
      const validator = parts.get(pointer) ?? compileSchema(reasons(), fromRoot(rules()), pointer);
      parts.set(pointer, validator);
      return validator(value) ? [] : (validator.errors ?? []);
    },
  };
}

function sharedSchemas(document: OpenApiDocument): string[] {
  const schemas = getAt(document, "/components/schemas");
  return isObject(schemas)
    ? Object.keys(schemas).map((name) => formatPointer(["components", "schemas", name]))
    : [];
}

function requireSchema(document: OpenApiDocument, pointer: string): void {
  const problem = problemOf(document, pointer);
  if (problem !== undefined) throw problem;
}

/** Why the node at a pointer is not a schema. */
function problemOf(document: OpenApiDocument, pointer: string): DocumentError | undefined {
  const ajv = schemaValidator();
  const schema = getAt(document, pointer);
  if (!isSchema(schema)) return new DocumentError(pointer, "not a schema");
  try {
    if (ajv.validateSchema(schema) === true) return undefined;
  } catch {
    const dialect = typeof schema === "object" ? JSON.stringify(schema["$schema"]) : "";
    return new DocumentError(`${pointer}/$schema`, `${dialect} is not a supported dialect of JSON Schema`);
  }
  const [first] = ajv.errors ?? [];
  const problem = `not a schema: it ${first === undefined ? "is invalid" : wordsOf(first)}`;
  return new DocumentError(`${pointer}${first?.instancePath ?? ""}`, problem);
}

/** A copy whose references into the document still work, wherever the copy is compiled. */
function fromRoot(rules: JsonObject): JsonObject {
  return changeNodes(rules, (node, walk) => {
    const { $ref: reference } = node;
    const isInside = typeof reference === "string" && reference.startsWith("#");
    return walk.below(isInside ? { ...node, $ref: `${DOCUMENT}${reference}` } : node);
  });
}

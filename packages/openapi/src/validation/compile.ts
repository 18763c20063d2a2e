import type { Ajv2020, ValidateFunction } from "ajv/dist/2020.js";
import { DocumentError, type OpenApiDocument } from "../document/document.ts";
import { withoutExamples } from "../document/without-examples.ts";
import { isObject, type Json, type JsonObject } from "../json/json.ts";
import { memoize } from "../memoize.ts";
import { ajvOptions, createAjv } from "./ajv.ts";

/** Checks whether a value matches a schema; `errors` has the errors of the last value that did not. */
export type Validator = ValidateFunction<unknown>;

/** The schemas of a document, compiled on first use. */
export interface CompiledSchemas {
  /** What is compiled: the document without its examples. */
  readonly document: OpenApiDocument;
  /**
   * The validator of the schema at a JSON Pointer.
   * @throws DocumentError if it does not compile
   */
  at(pointer: string): Validator;
}

/** The URI of the document in its Ajv. */
export const DOCUMENT = "spec:document";

/** @param ajv gets the document added, so that other schemas that it compiles can refer to it */
export function compileSchemas(
  document: OpenApiDocument,
  ajv: Ajv2020 = createAjv(ajvOptions(document)),
): CompiledSchemas {
  const bare = withoutExamples(document);
  ajv.addSchema(bare, DOCUMENT);
  return {
    document: bare,
    at: memoize((pointer) => compileSchema(ajv, { $ref: uriOf(pointer) }, pointer)),
  };
}

/** @throws DocumentError at `pointer` if this is not a schema, or does not compile */
export function compileSchema(ajv: Ajv2020, schema: Json, pointer: string): Validator {
  if (!isSchema(schema)) throw new DocumentError(pointer, "not a schema");
  return compiling(pointer, () => ajv.compile(schema));
}

/**
 * The result of compiling the schema at a JSON Pointer.
 * @throws DocumentError there if it does not compile
 */
export function compiling<Result>(pointer: string, compile: () => Result): Result {
  try {
    return compile();
  } catch (error) {
    const reason = error instanceof Error ? error.message : String(error);
    throw new DocumentError(pointer, `the schema does not compile: ${reason}`);
  }
}

export function isSchema(value: Json | undefined): value is JsonObject | boolean {
  return isObject(value) || typeof value === "boolean";
}

/** The URI of the schema at a JSON Pointer. */
export function uriOf(pointer: string): string {
  return `${DOCUMENT}#${pointer.split("/").map(encodeURIComponent).join("/")}`;
}

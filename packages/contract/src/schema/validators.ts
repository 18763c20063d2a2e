import {
  DocumentError,
  eachNode,
  type Json,
  listProperties,
  memoize,
  memoizeByObject,
  type OpenApiDocument,
  placeOf,
  wordsOf,
} from "@dots-payouts/openapi";
import { ajvOptions, compileSchemas, createAjv, type Validator } from "@dots-payouts/openapi/validation";
import type { ErrorObject } from "ajv/dist/2020.js";
import { CannotRun } from "../errors/cannot-run.ts";
import { isDateTime } from "./date-time.ts";

/** A rule of a schema that a value breaks. */
export interface SchemaError {
  /** JSON Pointer into the value. */
  readonly at: string;
  readonly keyword: string;
  /** JSON Pointer to what the message is about: `at`, or a missing or forbidden property there. */
  readonly about: string;
  /** The message, worded to follow the name of the place: `must be at least 1`. */
  readonly message: string;
  /** JSON Pointer to the rule in the spec. */
  readonly place: string;
  /** The missing property, for `required` and similar keywords. */
  readonly missing: string | undefined;
}

/** Validates values against the schemas of a document. */
export interface Schemas {
  /** The rules that a value breaks; empty if it is valid. `schema` is a JSON Pointer into the document. */
  errors(schema: string, value: Json): SchemaError[];
}

/**
 * The schemas of a document, compiled on first use.
 * @throws CannotRun from `errors` when a schema cannot be compiled
 */
export const schemasOf: (document: OpenApiDocument) => Schemas = memoizeByObject((document) => {
  const ajv = createAjv({ ...ajvOptions(document), allErrors: true, verbose: true });
  // ajv-formats accepts more than RFC 3339.
  ajv.addFormat("date-time", isDateTime);
  const { document: bare, at } = compileSchemas(document, ajv);
  const places = placesOf(bare);
  return {
    errors(schema, value) {
      const validate = orCannotRun(() => at(schema));
      const errors = validate(value) ? [] : (validate.errors ?? []);
      const causes = errors.filter((error) => !isFollowUp(bare, error, places));
      // A property that only another alternative declares is unknown here. No other error reports it.
      return (causes.length > 0 ? causes : errors).map((error) => schemaErrorOf(error, places));
    },
  };
});

function orCannotRun(find: () => Validator): Validator {
  try {
    return find();
  } catch (error) {
    if (!(error instanceof DocumentError)) throw error;
    throw new CannotRun(`the spec cannot be used: ${error.message}`);
  }
}

/**
 * Whether an error calls a declared property unknown. Ajv does this if the schema that declares it fails; then another
 * error says what is wrong.
 */
function isFollowUp(
  document: OpenApiDocument,
  { keyword, params, parentSchema }: ErrorObject,
  places: ReadonlyMap<unknown, string>,
): boolean {
  const place = places.get(parentSchema);
  if (keyword !== "unevaluatedProperties" || place === undefined) return false;
  const { unevaluatedProperty } = params;
  return typeof unevaluatedProperty === "string" && namesAt(document)(place).has(unevaluatedProperty);
}

/** The names of the properties that the schema at a place declares. */
const namesAt = memoizeByObject((document: OpenApiDocument) =>
  memoize((place: string) => new Set(listProperties(document, place).map(({ name }) => name))),
);

function schemaErrorOf(error: ErrorObject, places: ReadonlyMap<unknown, string>): SchemaError {
  const parent = places.get(error.parentSchema) ?? "";
  const params: Record<string, unknown> = error.params;
  const missing = params["missingProperty"];
  return {
    at: error.instancePath,
    keyword: error.keyword,
    about: placeOf(error),
    message: wordsOf(error),
    place: parent === "" ? error.schemaPath : `${parent}/${error.keyword}`,
    missing: typeof missing === "string" ? missing : undefined,
  };
}

/** The place of each node of the document: a broken rule is only identified by its schema. */
function placesOf(document: OpenApiDocument): ReadonlyMap<unknown, string> {
  const places = new Map<unknown, string>();
  eachNode(document, (node, { pointer }) => places.set(node, pointer));
  return places;
}

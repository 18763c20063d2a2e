import {
  eachNode,
  type Json,
  listProperties,
  namesInherited,
  type OpenApiDocument,
  withoutExamples,
} from "@dots-payouts/openapi";
import { Ajv2020, type ErrorObject } from "ajv/dist/2020.js";
import addFormats from "ajv-formats";
import { CannotRun } from "../errors/cannot-run.ts";

/** A rule of a schema that a value breaks. */
export interface SchemaError {
  /** JSON Pointer into the value. */
  readonly at: string;
  readonly keyword: string;
  /** In words, after the name of the place: `must be > 0`. */
  readonly message: string;
  /** JSON Pointer to the rule in the spec. */
  readonly place: string;
  /** The property that is missing, for `required` and its kin. */
  readonly missing: string | undefined;
}

/** Validates values against the schemas of a document. */
export interface Schemas {
  /** The rules that a value breaks; none where it is valid. `schema` is a JSON Pointer into the document. */
  errors(schema: string, value: Json): SchemaError[];
}

const known = new WeakMap<OpenApiDocument, Schemas>();

/** The schemas of a document, compiled when they are first asked for. */
export function schemasOf(document: OpenApiDocument): Schemas {
  const schemas = known.get(document) ?? compileSchemas(document);
  known.set(document, schemas);
  return schemas;
}

/** @throws CannotRun from `errors` when the schema cannot be compiled */
function compileSchemas(document: OpenApiDocument): Schemas {
  const ajv = new Ajv2020({
    strict: false,
    // Without it `constructor` is there in every object.
    ownProperties: namesInherited(document),
    allErrors: true,
    verbose: true,
    validateSchema: false,
    logger: false,
  });
  // The default export of this CommonJS module is typed as if it were the module.
  addFormats.default(ajv);
  const bare = withoutExamples(document);
  ajv.addSchema(bare, "spec:");
  const places = placesOf(bare);
  const compiled = new Map<string, (value: Json) => readonly ErrorObject[]>();
  const compile = (schema: string): ((value: Json) => readonly ErrorObject[]) => {
    try {
      const validate = ajv.compile({ $ref: `spec:#${encodeURI(schema)}` });
      return (value) => (validate(value) ? [] : (validate.errors ?? []));
    } catch (error) {
      const reason = error instanceof Error ? error.message : String(error);
      throw new CannotRun(`the schema at #${schema} of the spec cannot be compiled: ${reason}`);
    }
  };
  return {
    errors(schema, value) {
      const validate = compiled.get(schema) ?? compile(schema);
      compiled.set(schema, validate);
      return validate(value)
        .filter((error) => !isFollowUp(bare, error, places))
        .map((error) => faultOf(error, places));
    },
  };
}

/**
 * Whether an error calls a declared property unknown. Ajv does where the schema that declares it fails, so that another
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
  return listProperties(document, place).some(({ name }) => name === unevaluatedProperty);
}

function faultOf(error: ErrorObject, places: ReadonlyMap<unknown, string>): SchemaError {
  const parent = places.get(error.parentSchema) ?? "";
  const params: Record<string, unknown> = error.params;
  const missing = params["missingProperty"];
  return {
    at: error.instancePath,
    keyword: error.keyword,
    message: messageOf(error, params),
    place: parent === "" ? error.schemaPath : `${parent}/${error.keyword}`,
    missing: typeof missing === "string" ? missing : undefined,
  };
}

function messageOf(error: ErrorObject, params: Record<string, unknown>): string {
  const allowed = params["allowedValues"];
  if (Array.isArray(allowed))
    return `must be one of ${allowed.map((value) => JSON.stringify(value)).join(", ")}`;
  if (error.keyword === "const") return `must be ${JSON.stringify(params["allowedValue"])}`;
  if (error.keyword === "required") return `must have ${String(params["missingProperty"])}`;
  if (error.keyword === "unevaluatedProperties")
    return `must not have ${String(params["unevaluatedProperty"])}`;
  return error.message ?? `must fit ${error.keyword}`;
}

/** Where each node of the document stands: a rule that was broken is known by its schema alone. */
function placesOf(document: OpenApiDocument): ReadonlyMap<unknown, string> {
  const places = new Map<unknown, string>();
  eachNode(document, (node, { pointer }) => places.set(node, pointer));
  return places;
}

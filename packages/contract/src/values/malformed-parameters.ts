import {
  type Json,
  type JsonObject,
  keywordValues,
  listedValues,
  listProperties,
  memoizeByObject,
  type OpenApiDocument,
  type Operation,
  type Parameter,
  parameterValues,
  typesOf,
  writtenPairs,
} from "@dots-payouts/openapi";
import { type SchemaError, schemasOf } from "../schema/validators.ts";
import { partsAt } from "./fields.ts";
import { isObjectIn, objectSample, readBack } from "./object-parameters.ts";

/** A query parameter with a value that its schema does not allow in any interpretation. */
export interface MalformedParameter {
  readonly name: string;
  /** What is wrong: `limit=x`. */
  readonly words: string;
  /** The parameter as written into the query. */
  readonly pairs: readonly string[];
  readonly error: SchemaError;
}

/** Matches no schema except that of a string. */
const FAR = "contract-suite";

/** Strings that almost match a type or format, and that a careless server accepts. */
const NEAR: Readonly<Record<string, readonly string[]>> = {
  boolean: ["7", "yes"],
  integer: ["1.5"],
  number: ["1,5"],
  uuid: ["9b2d7f4e-62c1-4d0e-8a43-6f1f0f5c2a9g"],
  date: ["2026-02-30"],
  "date-time": ["2026-02-30T00:00:00Z", "2026-01-15T25:00:00Z", "2026-01-15"],
};

/** Malformed values of each query parameter of an operation that is a plain value, or an object of plain values. */
export const malformedParameters = memoizeByObject((document: OpenApiDocument) =>
  memoizeByObject((operation: Operation): readonly MalformedParameter[] =>
    operation.parameters.filter(isQuery).flatMap((parameter) => malformed(document, parameter)),
  ),
);

function isQuery(parameter: Parameter): boolean {
  return parameter.in === "query";
}

function malformed(document: OpenApiDocument, parameter: Parameter): MalformedParameter[] {
  const { name, schema } = parameter;
  const parts = schema === undefined ? [] : partsAt(document, [schema]);
  const types = typesOf(parts) ?? [];
  if (isObjectIn(document, parameter)) return malformedObjects(document, parameter);
  if (schema === undefined || types.includes("array") || types.includes("object")) return [];
  const valuesOf = parameterValues(document, parameter);
  return wrongTexts(parts).flatMap((text) => {
    const pairs = [`${encodeURIComponent(name)}=${encodeURIComponent(text)}`];
    const sent = { path: {}, query: pairs.join("&"), header: () => undefined };
    const [error] = firstErrors(document, schema, valuesOf(sent));
    return error === undefined ? [] : [{ name, words: `${name}=${text}`, pairs, error }];
  });
}

/** A valid object with one property changed, added or left out. */
function malformedObjects(document: OpenApiDocument, parameter: Parameter): MalformedParameter[] {
  const { name, schema } = parameter;
  const sample = objectSample(document, parameter);
  if (schema === undefined || sample === undefined) return [];
  const properties = listProperties(document, schema);
  const wrong = properties.flatMap((property): [string, JsonObject][] => {
    const { name: key } = property;
    const { [key]: _, ...others } = sample;
    const texts = wrongTexts(
      partsAt(
        document,
        property.schemas.map(({ pointer }) => pointer),
      ),
    );
    return [
      [`${name} without ${key}`, others],
      ...texts.map((text): [string, JsonObject] => [`${name}[${key}]=${text}`, { ...sample, [key]: text }]),
    ];
  });
  const more: [string, JsonObject] = [`${name}[${FAR}]=${FAR}`, { ...sample, [FAR]: FAR }];
  return [...wrong, more].flatMap(([words, value]) => {
    const [error] = firstErrors(document, schema, readBack(document, parameter, value));
    return error === undefined ? [] : [{ name, words, pairs: writtenPairs(parameter, value), error }];
  });
}

function wrongTexts(parts: readonly JsonObject[]): readonly string[] {
  // A careless comparison accepts a string that starts with a listed value.
  const listed = (listedValues(parts) ?? []).flatMap((value) =>
    typeof value === "string" ? [`${value}x`] : [],
  );
  const kinds = [...(typesOf(parts) ?? []), ...keywordValues(parts, "format")];
  const near = kinds.flatMap((kind) => (typeof kind === "string" ? (NEAR[kind] ?? []) : []));
  return [FAR, ...near, ...listed.slice(0, 1)];
}

/** The rules that the most likely meaning of a text breaks; empty if another meaning is allowed. */
function firstErrors(
  document: OpenApiDocument,
  schema: string,
  values: readonly Json[],
): readonly SchemaError[] {
  // A parameter without a readable part counts as not sent.
  const errors = values.map((value) => schemasOf(document).errors(schema, value));
  return errors.some((found) => found.length === 0) ? [] : (errors[0] ?? []);
}

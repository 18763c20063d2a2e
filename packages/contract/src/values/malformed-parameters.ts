import {
  type Json,
  keywordValues,
  listedValues,
  memoizeByObject,
  type OpenApiDocument,
  type Operation,
  type Parameter,
  parameterValues,
  typesOf,
} from "@dots-payouts/openapi";
import { type SchemaError, schemasOf } from "../schema/validators.ts";
import { partsAt } from "./fields.ts";

/** A query parameter with a value that its schema does not allow in any interpretation. */
export interface MalformedParameter {
  readonly name: string;
  readonly text: string;
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

/** Malformed values of each query parameter of an operation that has a plain value. */
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
  if (schema === undefined || types.includes("array") || types.includes("object")) return [];
  const valuesOf = parameterValues(document, parameter);
  // A careless comparison accepts a string that starts with a listed value.
  const listed = (listedValues(parts) ?? []).flatMap((value) =>
    typeof value === "string" ? [`${value}x`] : [],
  );
  const kinds = [...types, ...keywordValues(parts, "format")];
  const near = kinds.flatMap((kind) => (typeof kind === "string" ? (NEAR[kind] ?? []) : []));
  return [FAR, ...near, ...listed.slice(0, 1)].flatMap((text) => {
    const sent = { path: {}, query: `${name}=${encodeURIComponent(text)}`, header: () => undefined };
    const [error] = firstErrors(document, schema, valuesOf(sent));
    return error === undefined ? [] : [{ name, text, error }];
  });
}

/** The rules that the most likely meaning of a text breaks; empty if another meaning is allowed. */
function firstErrors(
  document: OpenApiDocument,
  schema: string,
  values: readonly Json[],
): readonly SchemaError[] {
  const errors = values.map((value) => schemasOf(document).errors(schema, value));
  return errors.some((found) => found.length === 0) ? [] : (errors[0] ?? []);
}

import {
  isObject,
  type Json,
  type JsonObject,
  memoizeByObject,
  type OpenApiDocument,
  type Operation,
  type Parameter,
  parameterSample,
  parameterValues,
  plainSamples,
  typesOf,
  writtenPairs,
} from "@dots-payouts/openapi";
import { schemasOf } from "../schema/validators.ts";
import { partsAt } from "./fields.ts";

/** The query parameters of an operation that are objects. */
export function objectParameters(document: OpenApiDocument, { parameters }: Operation): Parameter[] {
  return parameters.filter((parameter) => parameter.in === "query" && isObjectIn(document, parameter));
}

/** Whether a parameter is an object with its own schema, and not JSON in a string. */
export function isObjectIn(document: OpenApiDocument, { schema, node }: Parameter): boolean {
  if (schema === undefined || "content" in node) return false;
  return typesOf(partsAt(document, [schema]))?.includes("object") === true;
}

/** A valid object for a parameter that can be written into a query; `undefined` if none is known. */
export function objectSample(document: OpenApiDocument, parameter: Parameter): JsonObject | undefined {
  return samplesOf(document)(parameter);
}

const samplesOf = memoizeByObject((document: OpenApiDocument) =>
  memoizeByObject((parameter: Parameter) => makeSample(document, parameter)),
);

function makeSample(document: OpenApiDocument, parameter: Parameter): JsonObject | undefined {
  const { schema } = parameter;
  if (schema === undefined) return undefined;
  const samples = [parameterSample(document, parameter), ...plainSamples(document, schema)];
  return samples.filter(isObject).find((sample) => {
    const isFlat = Object.values(sample).every((value) => typeof value !== "object");
    const [read] = isFlat ? readBack(document, parameter, sample) : [];
    return read !== undefined && schemasOf(document).errors(schema, read).length === 0;
  });
}

/** What a server may read from an object in a query, most likely first. */
export function readBack(
  document: OpenApiDocument,
  parameter: Parameter,
  value: JsonObject,
): readonly Json[] {
  const query = writtenPairs(parameter, value).join("&");
  return parameterValues(document, parameter)({ path: {}, query, header: () => undefined });
}

import {
  isFreeText,
  type Json,
  type OpenApiDocument,
  type Operation,
  onFirstUse,
  type ParameterValues,
  parameterValues,
  type SentParameters,
} from "@dots-payouts/openapi";
import type { Schemas } from "../schema/validators.ts";

/** How a parameter of an operation is read and checked. */
export interface ParameterCheck {
  readonly name: string;
  readonly required: boolean;
  /** JSON Pointer to the schema; `undefined` if there is none. */
  readonly schema: string | undefined;
  readonly valuesOf: ParameterValues;
  readonly fits: (value: Json) => boolean;
}

/** The parameters of an operation that a request can get wrong. */
export function parameterChecks(
  document: OpenApiDocument,
  schemas: Schemas,
  { parameters }: Operation,
): readonly ParameterCheck[] {
  return parameters
    .filter((parameter) => !isFreeText(document, parameter))
    .map((parameter) => {
      const schema = parameter.schema ?? parameter.contentSchema;
      if (schema !== undefined) schemas.check(schema);
      const valuesOf = onFirstUse(() => parameterValues(document, parameter));
      const validator = onFirstUse(() => (schema === undefined ? undefined : schemas.at(schema)));
      return {
        name: parameter.name,
        required: parameter.required,
        schema,
        valuesOf: (sent: SentParameters) => valuesOf()(sent),
        fits: (value: Json) => validator()?.(value) ?? true,
      };
    });
}

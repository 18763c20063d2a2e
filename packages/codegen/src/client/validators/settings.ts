import type { OpenApiDocument } from "@dots-payouts/openapi";
import { ajvOptions, patternFormats } from "@dots-payouts/openapi/validation";
import type { Options } from "ajv/dist/core.js";

/** How Ajv compiles the schemas of a document into code that runs without Ajv. */
export function validatorSettings(document: OpenApiDocument): Options {
  return { ...ajvOptions(document), allErrors: true, formats: patternFormats() };
}

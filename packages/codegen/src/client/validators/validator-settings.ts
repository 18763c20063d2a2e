import { namesInherited, type OpenApiDocument } from "@dots-payouts/openapi";
import type { Options } from "ajv/dist/core.js";
import { fastFormats } from "ajv-formats/dist/formats.js";

/** How Ajv compiles the schemas of a document. */
export function validatorSettings(document: OpenApiDocument): Options {
  return {
    allErrors: true,
    // It makes more code, and without it `constructor` is there in every object.
    ownProperties: namesInherited(document),
    strict: false,
    logger: false,
    formats: patterns(),
  };
}

/** The formats that are patterns: those that are functions would have to be imported from somewhere. */
function patterns(): Record<string, RegExp> {
  return Object.fromEntries(
    Object.entries(fastFormats).flatMap(([name, format]): [string, RegExp][] => {
      const pattern = typeof format === "object" && "validate" in format ? format.validate : format;
      return pattern instanceof RegExp ? [[name, pattern]] : [];
    }),
  );
}

import { DocumentError, type OpenApiDocument } from "@dots-payouts/openapi";
import { Ajv2020 } from "ajv/dist/2020.js";
import standalone from "ajv/dist/standalone/index.js";
import { bareSchemas } from "./bare-schemas.ts";
import { validatorSettings } from "./validator-settings.ts";
import type { Validators } from "./validator-units.ts";

/**
 * Validators for the schemas at these places, compiled with the document around them.
 * @throws DocumentError where one does not compile
 */
export function wholeValidators(document: OpenApiDocument, places: readonly string[]): Validators {
  const ajv = new Ajv2020({
    ...validatorSettings(document),
    code: { source: true, esm: true, optimize: true },
  });
  ajv.addSchema({
    $id: "spec",
    components: bareSchemas(document["components"] ?? {}),
    paths: bareSchemas(document["paths"] ?? {}),
  });
  const names = new Map(places.map((place, index) => [place, `check${index}`]));
  for (const place of places) requireCompiling(ajv, place);
  const references = [...names].map(([place, name]) => [name, `spec#${place}`]);
  const code = standalone.default(ajv, Object.fromEntries(references));
  // Two tables lead to all of them.
  return { code: `${code.replaceAll(/\bexport (const \w+ = validate\d+;)/g, "$1")}\n`, names };
}

function requireCompiling(ajv: Ajv2020, place: string): void {
  try {
    ajv.getSchema(`spec#${place}`);
  } catch (error) {
    const reason = error instanceof Error ? error.message : String(error);
    throw new DocumentError(place, `the schema does not compile: ${reason}`);
  }
}

import type { OpenApiDocument } from "@dots-payouts/openapi";
import { compiling, createAjv } from "@dots-payouts/openapi/validation";
import standalone from "ajv/dist/standalone/index.js";
import { bareSchemas } from "../document/without-annotations.ts";
import { validatorSettings } from "./validator-settings.ts";
import type { Validators } from "./validator-units.ts";

/**
 * Validators for the schemas at these places, compiled with the document around them.
 * @throws DocumentError where one does not compile
 */
export function wholeValidators(document: OpenApiDocument, places: readonly string[]): Validators {
  const ajv = createAjv({
    ...validatorSettings(document),
    code: { source: true, esm: true, optimize: true },
  });
  ajv.addSchema({
    $id: "spec",
    components: bareSchemas(document["components"] ?? {}),
    paths: bareSchemas(document["paths"] ?? {}),
  });
  const names = new Map(places.map((place, index) => [place, `check${index}`]));
  for (const place of places) compiling(place, () => ajv.getSchema(`spec#${place}`));
  const references = [...names].map(([place, name]) => [name, `spec#${place}`]);
  const code = standalone.default(ajv, Object.fromEntries(references));
  // Two tables lead to all of them.
  return { code: `${code.replaceAll(/\bexport (const \w+ = validate\d+;)/g, "$1")}\n`, names };
}

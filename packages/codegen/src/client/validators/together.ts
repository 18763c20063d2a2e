import type { OpenApiDocument } from "@dots-payouts/openapi";
import { compiling, createAjv } from "@dots-payouts/openapi/validation";
import standalone from "ajv/dist/standalone/index.js";
import { bareSchemas } from "../document/without-annotations.ts";
import { validatorSettings } from "./settings.ts";
import type { Validators } from "./units.ts";

/**
 * Validators for the schemas at these places, compiled with the document around them, for those that have keywords
 * which look beyond a schema. Each takes in what it refers to.
 * @throws DocumentError if one does not compile
 */
export function compileTogether(document: OpenApiDocument, places: readonly string[]): Validators {
  if (places.length === 0) return { code: "", names: new Map() };
  const ajv = createAjv({
    ...validatorSettings(document),
    code: { source: true, esm: true, optimize: true },
  });
  const names = new Map(places.map((place, index) => [place, `check${index}`]));
  compiling("", () =>
    ajv.addSchema({
      $id: "spec",
      components: bareSchemas(document["components"] ?? {}),
      paths: bareSchemas(document["paths"] ?? {}),
    }),
  );
  for (const place of places) compiling(place, () => ajv.getSchema(`spec#${encodeURI(place)}`));
  const references = [...names].map(([place, name]) => [name, `spec#${encodeURI(place)}`]);
  const code = standalone.default(ajv, Object.fromEntries(references));
  // Two tables lead to all of them.
  return { code: `${code.replaceAll(/\bexport (const \w+ = validate\d+;)/g, "$1")}\n`, names };
}

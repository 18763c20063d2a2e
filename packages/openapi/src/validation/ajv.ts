import { Ajv2020, type Options } from "ajv/dist/2020.js";
import addFormats from "ajv-formats";
import { namesInherited } from "../document/inherited-names.ts";
import type { Json } from "../json/json.ts";
import { multipleOf } from "./multiple-of.ts";

/** How Ajv compiles the schemas of a document, for every use. */
export function ajvOptions(document: Json): Options {
  return {
    // Keywords of OpenAPI and extensions have their own readers; the logger would only list them.
    strict: false,
    logger: false,
    // A document is validated before it is used, and the mock reports what is invalid.
    validateSchema: false,
    // `wordsOf` says what an error means.
    messages: false,
    // It generates more code, but without it every object has a `constructor`.
    ownProperties: namesInherited(document),
  };
}

/** An Ajv that computes in decimals, and supports the formats of JSON Schema unless the options have their own. */
export function createAjv(options: Options): Ajv2020 {
  const ajv = new Ajv2020(options);
  ajv.removeKeyword("multipleOf").addKeyword(multipleOf);
  // The default export of this CommonJS module is typed as if it were the module itself.
  if (options.formats === undefined) addFormats.default(ajv);
  return ajv;
}

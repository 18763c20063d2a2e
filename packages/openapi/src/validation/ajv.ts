import { Ajv2020, type Options } from "ajv/dist/2020.js";
import addFormats from "ajv-formats";
import { namesInherited } from "../document/inherited-names.ts";
import type { Json } from "../json/json.ts";
import { multipleOf } from "./multiple-of.ts";

/** How Ajv compiles the schemas of a document, for every use. */
export function ajvOptions(document: Json): Options {
  return {
    // What OpenAPI and the API's own keywords mean is for their readers; the logger would only repeat them.
    strict: false,
    logger: false,
    // A document is valid before anything is made of it, and the mock says what is not.
    validateSchema: false,
    // `wordsOf` says what an error means.
    messages: false,
    // It makes more code, and without it `constructor` is there in every object.
    ownProperties: namesInherited(document),
  };
}

/** An Ajv that counts in decimals, and knows the formats of JSON Schema where the options bring none. */
export function createAjv(options: Options): Ajv2020 {
  const ajv = new Ajv2020(options);
  ajv.removeKeyword("multipleOf").addKeyword(multipleOf);
  // The default export of this CommonJS module is typed as if it were the module.
  if (options.formats === undefined) addFormats.default(ajv);
  return ajv;
}

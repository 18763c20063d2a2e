import { readFileSync } from "node:fs";
import { createRequire } from "node:module";
import { asDocument, listOperations, type Operation } from "@dots-payouts/openapi";
import { Ajv2020, type ValidateFunction } from "ajv/dist/2020.js";
import addFormats from "ajv-formats";

const path = createRequire(import.meta.url).resolve("@dots-payouts/spec/openapi.json");
export const document = asDocument(JSON.parse(readFileSync(path, "utf8")));
export const operations = listOperations(document);

const ajv = new Ajv2020({ strict: false, strictNumbers: true, allErrors: true, validateSchema: false });
addFormats.default(ajv);
ajv.addSchema(document, "reference:");
const validators = new Map<string, ValidateFunction>();

export function validatorOf(operation: Operation): ValidateFunction {
  const known = validators.get(operation.id);
  if (known !== undefined) return known;
  const schema = operation.requestBody?.content[0]?.schema ?? "";
  const validator = ajv.compile({ $ref: `reference:#${encodeURI(schema)}` });
  validators.set(operation.id, validator);
  return validator;
}

import { readFileSync } from "node:fs";
import { createRequire } from "node:module";
import { asDocument, listOperations, type Operation, parameterValues } from "@dots-payouts/openapi";
import { Ajv2020, type ErrorObject, type ValidateFunction } from "ajv/dist/2020.js";
import addFormats from "ajv-formats";

const path = createRequire(import.meta.url).resolve("@dots-payouts/spec/openapi.json");
export const document = asDocument(JSON.parse(readFileSync(path, "utf8")));
export const operations = listOperations(document);

const ajv = new Ajv2020({ strict: false, strictNumbers: true, allErrors: true, validateSchema: false });
addFormats.default(ajv);
ajv.addSchema(document, "reference:");
const validators = new Map<string, ValidateFunction>();

export function validatorOf(operation: Operation): ValidateFunction {
  return validatorAt(operation.requestBody?.content[0]?.schema ?? "");
}

function validatorAt(schema: string): ValidateFunction {
  const known = validators.get(schema);
  if (known !== undefined) return known;
  const validator = ajv.compile({ $ref: `reference:#${encodeURI(schema)}` });
  validators.set(schema, validator);
  return validator;
}

/** The rules that a request's query breaks. The path of each error starts with the name of its parameter. */
export function parameterErrors({ parameters, resource }: Operation, target: string): ErrorObject[] {
  // Invalid paging parameters are refused by the code for pages.
  const page = resource?.does === "list" ? resource.page : undefined;
  const ofPages = [page?.limit, page?.after?.parameter, page?.before?.parameter];
  const query = target.slice(`${target}?`.indexOf("?") + 1);
  return parameters.flatMap((parameter) => {
    const { name, schema } = parameter;
    if (parameter.in !== "query" || schema === undefined || ofPages.includes(name)) return [];
    const values = parameterValues(document, parameter)({ path: {}, query, header: () => undefined });
    const errors = values.map((value) => {
      const validator = validatorAt(schema);
      return validator(value) ? [] : (validator.errors ?? []);
    });
    if (errors.some((found) => found.length === 0)) return [];
    return (errors[0] ?? []).map((error) => ({ ...error, instancePath: `/${name}${error.instancePath}` }));
  });
}

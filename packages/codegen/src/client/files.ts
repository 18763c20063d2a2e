import type { OpenApiDocument } from "@dots-payouts/openapi";
import type { Files } from "../target.ts";
import { aliases } from "./aliases.ts";
import { environments } from "./environments.ts";
import { knownValues } from "./known-values.ts";
import { openAnswers } from "./open-answers.ts";
import { operations } from "./operations.ts";
import { resources } from "./resources.ts";
import { schemaTypes } from "./schema-types.ts";
import { validators, validatorTypes } from "./validators.ts";

/** The generated part of the client's source. */
export async function clientFiles(document: OpenApiDocument): Promise<Files> {
  const opened = openAnswers(document);
  const files = {
    "schema.ts": await schemaTypes(opened),
    "types.ts": aliases(opened),
    "values.ts": knownValues(document),
    "environments.ts": environments(document),
    "operations.ts": operations(document),
    "resources.ts": resources(opened),
    "validators.js": validators(opened),
    "validators.d.ts": validatorTypes,
  };
  return Object.fromEntries(
    Object.entries(files).map(([name, text]) => [name, `// Made from the spec by dots-codegen.\n\n${text}`]),
  );
}

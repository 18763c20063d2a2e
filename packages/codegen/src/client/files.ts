import type { OpenApiDocument } from "@dots-payouts/openapi";
import type { Cache } from "../cache.ts";
import type { Files } from "../target.ts";
import { aliases } from "./aliases.ts";
import { environments } from "./environments.ts";
import { functions } from "./functions.ts";
import { knownValues } from "./known-values.ts";
import { login } from "./login.ts";
import { openAnswers } from "./open-answers.ts";
import { operations } from "./operations.ts";
import { resources } from "./resources.ts";
import { schemaTypes } from "./schema-types.ts";
import { validators, validatorTypes } from "./validators.ts";

/** The generated part of the client's source. */
export function clientFiles(document: OpenApiDocument, cache?: Cache): Files {
  const opened = openAnswers(document);
  return marked({
    ...types(document, opened),
    "environments.ts": environments(document),
    "functions.ts": functions(opened),
    "login.ts": login(document),
    "operations.ts": operations(document),
    "resources.ts": resources(opened),
    "validators.js": validators(document, opened, cache),
    "validators.d.ts": validatorTypes,
  });
}

/** The types of the client alone, which say nothing of how anything is sent. */
export function typeFiles(document: OpenApiDocument): Files {
  return marked(types(document, openAnswers(document)));
}

function types(document: OpenApiDocument, opened: OpenApiDocument): Files {
  return {
    "schema.ts": schemaTypes(opened),
    "types.ts": aliases(opened),
    "values.ts": knownValues(document),
  };
}

function marked(files: Files): Files {
  return Object.fromEntries(
    Object.entries(files).map(([name, text]) => [name, `// Made from the spec by dots-codegen.\n\n${text}`]),
  );
}

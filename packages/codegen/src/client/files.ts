import type { OpenApiDocument } from "@dots-payouts/openapi";
import type { Cache, Files } from "../target/target.ts";
import { openAnswers } from "./document/open-answers.ts";
import { environments } from "./methods/environments.ts";
import { functions } from "./methods/functions.ts";
import { headerOptions } from "./methods/header-options.ts";
import { login } from "./methods/login.ts";
import { operations } from "./methods/operations.ts";
import { resources } from "./methods/resources.ts";
import { allTypes } from "./types/all-types.ts";
import { knownValues } from "./types/known-values.ts";
import { publicTypes } from "./types/public-types.ts";
import { validators, validatorTypes } from "./validators/validators.ts";
import { webhooks } from "./webhooks.ts";

/** The generated part of the client's source. */
export function clientFiles(document: OpenApiDocument, cache?: Cache): Files {
  const opened = openAnswers(document);
  return withBanner({
    ...types(document, opened),
    "environments.ts": environments(document),
    "functions.ts": functions(opened),
    "header-options.ts": headerOptions(document),
    "login.ts": login(document),
    "operations.ts": operations(document),
    "resources.ts": resources(opened),
    "validators.js": validators(document, opened, cache),
    "validators.d.ts": validatorTypes,
    "webhooks.ts": webhooks(opened),
  });
}

/** Only the client's types, without how requests are sent. */
export function typeFiles(document: OpenApiDocument): Files {
  return withBanner(types(document, openAnswers(document)));
}

function types(document: OpenApiDocument, opened: OpenApiDocument): Files {
  return {
    "schema.ts": allTypes(opened),
    "types.ts": publicTypes(opened),
    "values.ts": knownValues(document),
  };
}

function withBanner(files: Files): Files {
  return Object.fromEntries(
    Object.entries(files).map(([name, text]) => [name, `// Made from the spec by dots-codegen.\n\n${text}`]),
  );
}

import { assumption } from "./assumption.ts";
import { delivers } from "./delivers.ts";
import { echo } from "./echo.ts";
import { errorCodes } from "./error-codes.ts";
import { event } from "./event.ts";
import { exampleDeclared } from "./example-declared.ts";
import { extensionKnown } from "./extension-known.ts";
import { generate } from "./generate.ts";
import { idempotencyKey } from "./idempotency-key.ts";
import { mock } from "./mock.ts";
import { operationClient } from "./operation-client.ts";
import { option } from "./option.ts";
import { pathKebabCase } from "./path-kebab-case.ts";
import { propertyDescription } from "./property-description.ts";
import type { Rule } from "./redocly.ts";
import { requestTerms } from "./request-terms.ts";
import { resource } from "./resource.ts";
import { serverEnvironment } from "./server-environment.ts";
import { states } from "./states.ts";
import { status } from "./status.ts";
import { twoExamples } from "./two-examples.ts";
import { when } from "./when.ts";

const oas3: Record<string, Rule> = {
  "idempotency-key": idempotencyKey,
  assumption,
  option,
  echo,
  when,
  generate,
  resource,
  states,
  event,
  delivers,
  "request-terms": requestTerms,
  "error-codes": errorCodes,
  mock,
  status,
  "extension-known": extensionKnown,
  "operation-client": operationClient,
  "server-environment": serverEnvironment,
  "path-kebab-case": pathKebabCase,
  "property-description": propertyDescription,
  "two-examples": twoExamples,
  "example-declared": exampleDeclared,
};

/** The rules of this repository, as a Redocly plugin: `spec/<rule>` in `redocly.yaml`. */
export default function plugin(): { id: string; rules: { oas3: Record<string, Rule> } } {
  return { id: "spec", rules: { oas3 } };
}

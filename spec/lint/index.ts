import type { Rule } from "./document/redocly.ts";
import { assumption } from "./extensions/assumption.ts";
import { delivers } from "./extensions/delivers.ts";
import { echo } from "./extensions/echo.ts";
import { errorCodes } from "./extensions/error-codes.ts";
import { event } from "./extensions/event.ts";
import { extensionKnown } from "./extensions/extension-known.ts";
import { generate } from "./extensions/generate.ts";
import { idempotencyKey } from "./extensions/idempotency-key.ts";
import { mock } from "./extensions/mock.ts";
import { operationClient } from "./extensions/operation-client.ts";
import { option } from "./extensions/option.ts";
import { requestTerms } from "./extensions/request-terms.ts";
import { resource } from "./extensions/resource.ts";
import { serverEnvironment } from "./extensions/server-environment.ts";
import { states } from "./extensions/states.ts";
import { status } from "./extensions/status.ts";
import { when } from "./extensions/when.ts";
import { exampleDeclared } from "./style/example-declared.ts";
import { pathKebabCase } from "./style/path-kebab-case.ts";
import { propertyDescription } from "./style/property-description.ts";
import { twoExamples } from "./style/two-examples.ts";

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

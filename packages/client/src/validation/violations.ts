import type { Violation } from "../errors/dots-error.ts";
import type { SchemaError } from "../runtime/validate.ts";

/** What the validators found, in the words of a person, each place and rule once. */
export function violationsOf(errors: readonly SchemaError[]): Violation[] {
  const found = new Map<string, Violation>();
  for (const error of errors) {
    // Its `then` says what is wrong.
    if (error.keyword === "if" || isOfChoice(error, errors)) continue;
    const violation = { path: pathOf(error), message: messageOf(error, errors) };
    found.set(`${violation.path} ${violation.message}`, violation);
  }
  return [...found.values()];
}

function isChoice({ keyword }: SchemaError): boolean {
  return keyword === "anyOf" || keyword === "oneOf";
}

/** Whether an error only tells why one of several alternatives does not fit. */
function isOfChoice(error: SchemaError, errors: readonly SchemaError[]): boolean {
  return errors.some((choice) => isChoice(choice) && error.schemaPath.startsWith(`${choice.schemaPath}/`));
}

function pathOf({ instancePath, keyword, params }: SchemaError): string {
  if (keyword !== "required") return instancePath;
  return `${instancePath}/${String(params["missingProperty"]).replaceAll("~", "~0").replaceAll("/", "~1")}`;
}

function messageOf(error: SchemaError, errors: readonly SchemaError[]): string {
  const { keyword, params, message = "is not allowed" } = error;
  if (keyword === "required") return "is required";
  if (keyword === "enum" && Array.isArray(params["allowedValues"])) {
    return `must be one of ${params["allowedValues"].map((value) => JSON.stringify(value)).join(", ")}`;
  }
  if (!isChoice(error)) return message;
  const reasons = errors
    .filter(({ schemaPath }) => schemaPath.startsWith(`${error.schemaPath}/`))
    .map((reason) => `${pathOf(reason).slice(error.instancePath.length)} ${messageOf(reason, [])}`.trim());
  return reasons.length > 0 ? `needs one of: ${[...new Set(reasons)].join(", or ")}` : message;
}

import { placeOf, wordsOf } from "@dots-payouts/openapi";
import type { Violation } from "../errors/dots-error.ts";
import type { SchemaError } from "../runtime/validate.ts";

/** What the validators found, in the words of a person, each place and rule once. */
export function violationsOf(errors: readonly SchemaError[]): Violation[] {
  const found = new Map<string, Violation>();
  for (const error of errors) {
    // Its `then` says what is wrong.
    if (error.keyword === "if" || isOfChoice(error, errors)) continue;
    const violation = { path: placeOf(error), message: messageOf(error, errors) };
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

function messageOf(error: SchemaError, errors: readonly SchemaError[]): string {
  const reasons = errors.filter(({ schemaPath }) => schemaPath.startsWith(`${error.schemaPath}/`));
  if (!isChoice(error) || reasons.length === 0) return wordsOf(error);
  const placeIn = (reason: SchemaError): string => placeOf(reason).slice(error.instancePath.length);
  if (reasons.every(({ keyword }) => keyword === "required")) {
    return `${[...new Set(reasons.map(placeIn))].join(" or ")} is missing: one of them is needed`;
  }
  const texts = reasons.map((reason) => `${placeIn(reason)} ${wordsOf(reason)}`.trim());
  return `${wordsOf(error)}: ${[...new Set(texts)].join("; or ")}`;
}

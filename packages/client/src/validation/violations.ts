import { placeOf, wordsOf } from "@dots-payouts/openapi";
import type { SchemaError, Violation } from "../runtime/validate.ts";

/** The validators' findings as readable messages, each place and rule once. */
export function violationsOf(errors: readonly SchemaError[]): Violation[] {
  const choices = errors.filter(isChoice);
  const reasons = new Set(choices.flatMap((choice) => reasonsOf(choice, errors)));
  const found = new Map<string, Violation>();
  for (const error of errors) {
    // The errors in its `then` say what is wrong.
    if (error.keyword === "if" || reasons.has(error)) continue;
    const violation = { path: placeOf(error), message: messageOf(error, errors) };
    found.set(`${violation.path} ${violation.message}`, violation);
  }
  return [...found.values()];
}

function isChoice({ keyword }: SchemaError): boolean {
  return keyword === "anyOf" || keyword === "oneOf";
}

/** The errors that only explain why an alternative does not match. They come right before the error of the choice. */
function reasonsOf(choice: SchemaError, errors: readonly SchemaError[]): readonly SchemaError[] {
  const before = errors.slice(0, errors.indexOf(choice));
  const last = before.findLastIndex((error) => !isReason(error, choice));
  return before.slice(last + 1);
}

function isReason({ schemaPath, instancePath }: SchemaError, choice: SchemaError): boolean {
  if (schemaPath.startsWith(`${choice.schemaPath}/`)) return true;
  // An alternative that is a reference has its own path, so compare the place in the value instead. For the value as a
  // whole, that would match all places.
  const { instancePath: place } = choice;
  return place !== "" && (instancePath === place || instancePath.startsWith(`${place}/`));
}

function messageOf(error: SchemaError, errors: readonly SchemaError[]): string {
  const reasons = isChoice(error) ? reasonsOf(error, errors) : [];
  if (reasons.length === 0) return wordsOf(error);
  const placeIn = (reason: SchemaError): string => placeOf(reason).slice(error.instancePath.length);
  if (reasons.every(({ keyword }) => keyword === "required")) {
    return `${[...new Set(reasons.map(placeIn))].join(" or ")} is missing: one of them is needed`;
  }
  const texts = reasons.map((reason) => `${placeIn(reason)} ${wordsOf(reason)}`.trim());
  return `${wordsOf(error)}: ${[...new Set(texts)].join("; or ")}`;
}

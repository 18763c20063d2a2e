import { formatPointer, parsePointer } from "@dots-payouts/openapi";
import type { ErrorObject } from "ajv/dist/2020.js";

/** A broken rule. `because` is the description of the condition under which the rule holds. */
export interface Finding {
  readonly path: string;
  readonly code: string;
  readonly text: string;
  readonly because: string | undefined;
}

/** Says a broken rule in words. `base` is the JSON Pointer to the value that was checked. */
export function phrase(error: ErrorObject, base: string, because: string | undefined): Finding {
  const at = `${base}${error.instancePath}`;
  const params: Readonly<Record<string, unknown>> = error.params;
  const missing = error.keyword === "required" ? params["missingProperty"] : undefined;
  const path = typeof missing === "string" ? `${at}${formatPointer([missing])}` : at;
  return {
    path,
    code: error.keyword,
    text: `${nameOf(parsePointer(path))} ${predicate(error, params)}`,
    because,
  };
}

/** How a person calls the place: `owner.email`, or the body as a whole. */
export function nameOf(tokens: readonly string[]): string {
  return tokens.length === 0 ? "the body" : tokens.join(".");
}

const ARTICLES: Readonly<Record<string, string>> = {
  array: "an array",
  boolean: "true or false",
  integer: "an integer",
  null: "null",
  number: "a number",
  object: "an object",
  string: "a string",
};

const LIMITS: Readonly<Record<string, string>> = {
  exclusiveMaximum: "less than",
  exclusiveMinimum: "greater than",
  maximum: "at most",
  minimum: "at least",
};

function predicate(error: ErrorObject, params: Readonly<Record<string, unknown>>): string {
  const limit = LIMITS[error.keyword];
  if (limit !== undefined) return `must be ${limit} ${String(params["limit"])}`;
  switch (error.keyword) {
    case "required":
      return "is missing";
    case "type":
      return `must be ${listOf(params["type"])
        .map((type) => ARTICLES[String(type)] ?? String(type))
        .join(" or ")}`;
    case "enum":
      return `must be one of ${listOf(params["allowedValues"]).map(show).join(", ")}`;
    case "const":
      return `must be ${show(params["allowedValue"])}`;
    case "format":
      return `must be a valid ${String(params["format"])}`;
    default:
      return error.message ?? `breaks the rule ${error.keyword}`;
  }
}

function listOf(value: unknown): readonly unknown[] {
  return Array.isArray(value) ? value : [value];
}

function show(value: unknown): string {
  return typeof value === "string" ? value : JSON.stringify(value);
}

import type { Json, OpenApiDocument, Parameter } from "@dots-payouts/openapi";
import { listConditions } from "../describe/conditions.ts";
import { readDescription } from "../describe/description.ts";
import { byUse } from "../describe/field-order.ts";
import { describeFields, describeSchema, type Field } from "../describe/fields.ts";

/**
 * A field of the console's form. It has a name, a kind and choices, but no rules: the server decides what is valid.
 */
export interface FormField {
  readonly name: string;
  /** The path of names from the body to the value. */
  readonly path: readonly string[];
  readonly kind: "text" | "number" | "choice" | "flags" | "json" | "group";
  readonly required: boolean;
  /** When it is required, if that depends on other fields. */
  readonly when: readonly string[];
  readonly description: string;
  /** Whether it is an amount in cents, according to its description. */
  readonly isCents: boolean;
  readonly values: readonly Json[];
  readonly fields: readonly FormField[];
}

/** Information about the requests of a form. */
interface Requests {
  readonly examples?: readonly Json[];
  /** The path of names to the idempotency key. */
  readonly key?: readonly string[] | undefined;
}

/**
 * A form for the body that the schema at `pointer` describes: required fields first, then by how many examples use
 * them. The idempotency key, which is filled in automatically, is last.
 */
export function bodyFields(
  document: OpenApiDocument,
  pointer: string,
  { examples = [], key }: Requests = {},
): FormField[] {
  const conditions = listConditions(document, pointer);
  const whenNeeded = (path: readonly string[]): string[] => {
    const own = conditions.filter((condition) => condition.path.join("/") === path.join("/"));
    return [...new Set(own.map(({ when }) => plain(when)))];
  };
  const isKey = ({ path }: FormField): boolean => path.join("/") === key?.join("/");
  const order = byUse(examples);
  const list = (fields: readonly Field[], above: readonly string[]): FormField[] =>
    fields
      .map((field): FormField => {
        const path = [...above, field.name];
        return { ...about(field, path), when: whenNeeded(path), fields: list(field.fields, path) };
      })
      .sort((a, b) => Number(isKey(a)) - Number(isKey(b)) || order(a, b));
  return list(describeFields(document, pointer), []);
}

/** Fields for the parameters in one place. */
export function parameterFields(document: OpenApiDocument, parameters: readonly Parameter[]): FormField[] {
  return parameters.flatMap(({ name, required, description, schema }) => {
    if (schema === undefined) return [];
    const field = { ...describeSchema(document, schema), name, required };
    const described = { ...field, description: description ?? field.description };
    return [{ ...about(described, [name]), when: [], fields: [] }];
  });
}

function about(field: Field, path: readonly string[]): Omit<FormField, "when" | "fields"> {
  const description = plain(field.description ?? "");
  return {
    name: field.name,
    path,
    kind: kindOf(field),
    required: field.required,
    description,
    isCents: /\bcents?\b/i.test(description),
    values: field.type === "boolean" ? [true, false] : field.values.filter((value) => value !== null),
  };
}

function kindOf(field: Field): FormField["kind"] {
  const types = field.type.split(" or ").filter((type) => type !== "null");
  const [type = "any"] = types;
  if (types.length !== 1) return "json";
  if (type === "object" && field.fields.length > 0) return "group";
  if (type === "array of string" && field.values.length > 0) return "flags";
  if (type === "boolean" || (field.values.length > 0 && !type.startsWith("array"))) return "choice";
  if (type === "integer" || type === "number") return "number";
  return type.startsWith("string") ? "text" : "json";
}

/** Descriptions are Markdown. A form shows plain text, and lists as lines. */
function plain(markdown: string): string {
  const { before, items, after } = readDescription(markdown);
  return [before, ...items.map((item) => `• ${item}`), after]
    .filter((line) => line !== "")
    .join("\n")
    .replace(/[`*]/g, "");
}

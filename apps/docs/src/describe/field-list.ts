import type { Json, OpenApiDocument, Parameter } from "@dots-payouts/openapi";
import { assumptionNote } from "./assumptions.ts";
import { type Condition, listConditions } from "./conditions.ts";
import { readDescription } from "./description.ts";
import { byUse } from "./field-order.ts";
import { describeFields, describeSchema, type Field } from "./fields.ts";

/** What all fields of a list have in common. */
interface Context {
  readonly conditions: readonly Condition[];
  /** Example values that contain the fields, used to list the most common fields first. */
  readonly examples: readonly Json[];
}

/** The fields of the value that the schema at `pointer` describes, as a Markdown list. */
export function fieldList(
  document: OpenApiDocument,
  pointer: string,
  examples: readonly Json[] = [],
): string {
  return list(describeFields(document, pointer), [], {
    conditions: listConditions(document, pointer),
    examples,
  });
}

/** The parameters of an operation in one place (path, query or header), as a Markdown list. */
export function parameterList(document: OpenApiDocument, parameters: readonly Parameter[]): string {
  const fields = parameters.map(({ name, required, description, schema }) => ({
    ...(schema === undefined ? PLAIN : describeSchema(document, schema)),
    name,
    required,
    ...(description === undefined ? {} : { description }),
  }));
  return list(fields, [], { conditions: [], examples: [] });
}

const PLAIN: Omit<Field, "name" | "required"> = {
  type: "any",
  description: undefined,
  values: [],
  default: undefined,
  limits: [],
  assumptions: [],
  fields: [],
};

function list(fields: readonly Field[], above: readonly string[], context: Context): string {
  const { conditions, examples } = context;
  const order = byUse(examples);
  return fields
    .map((field) => ({
      field,
      required: field.required,
      path: [...above, field.name],
      when: whenNeeded(field, above, conditions),
    }))
    .sort(order)
    .map(({ field }) => item(field, above, context))
    .join("\n");
}

function item(field: Field, above: readonly string[], context: Context): string {
  const indent = "  ".repeat(above.length);
  const { before, items, after } = readDescription(field.description ?? "");
  // The sentence that introduces a list is the last one before it.
  const words = items.length === 0 ? [before] : [after];
  const when = whenNeeded(field, above, context.conditions);
  if (!field.required && when.length > 0) words.unshift(`**Required when ${when.join(", or when ")}.**`);
  if (field.values.length > 0) words.push(`One of ${field.values.map(value).join(", ")}.`);
  if (field.default !== undefined) words.push(`Default: ${value(field.default)}.`);
  words.push(assumptionNote(field.assumptions));
  if (items.length > 0) words.push(before);
  const type = `*${[field.type, ...field.limits].join(", ")}*`;
  const mark = field.required ? ", **required**" : "";
  const name = [...above, field.name].join(".");
  const text = [words.filter(Boolean).join(" "), ...items.map((each) => `* ${each}`)];
  const line = `${indent}- **\`${name}\`** ${type}${mark}  \n${text.map((each) => `${indent}  ${each}`).join("\n")}`;
  if (field.fields.length === 0) return line;
  return `${line}\n${list(field.fields, [...above, field.name], context)}`;
}

function whenNeeded(
  { name }: Field,
  above: readonly string[],
  conditions: readonly Condition[],
): readonly string[] {
  const path = [...above, name].join("/");
  return [
    ...new Set(conditions.filter((condition) => condition.path.join("/") === path).map(({ when }) => when)),
  ];
}

function value(of: Field["values"][number]): string {
  return `\`${typeof of === "string" ? of : JSON.stringify(of)}\``;
}

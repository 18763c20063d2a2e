import type { Json, JsonObject } from "@dots-payouts/openapi";
import type { Field } from "../describe/fields.ts";

/** A form for some fields: what `@rjsf/core` calls a schema, and how its parts are to look. */
export interface FormDescription {
  readonly schema: JsonObject;
  readonly ui: JsonObject;
}

/**
 * A form for these fields. It lets the reader send what the API refuses, to see how: so it has names, types and choices,
 * and no rules. Every choice can be left open, as nothing is sent for an empty field.
 */
export function describeForm(fields: readonly Field[]): FormDescription {
  const sorted = [
    ...fields.filter(({ required }) => required),
    ...fields.filter(({ required }) => !required),
  ];
  const parts = sorted.map((field) => ({ field, part: describePart(field) }));
  return {
    schema: {
      type: "object",
      required: fields.filter(({ required }) => required).map(({ name }) => name),
      properties: Object.fromEntries(parts.map(({ field, part }) => [field.name, part.schema])),
    },
    ui: Object.fromEntries(parts.map(({ field, part }) => [field.name, part.ui])),
  };
}

function describePart(field: Field): FormDescription {
  const about = {
    title: field.name,
    ...(field.description === undefined ? {} : { description: plain(field.description) }),
  };
  const types = field.type.split(" or ").filter((type) => type !== "null");
  const [type = "any"] = types;
  const values = field.values.filter((value) => value !== null);
  if (field.fields.length > 0 && type === "object") {
    const { schema, ui } = describeForm(field.fields);
    return { schema: { ...about, ...schema }, ui };
  }
  if (type.startsWith("array of ") && values.length > 0) {
    const schema = { type: "array", uniqueItems: true, items: { type: "string", enum: values } };
    return { schema: { ...about, ...schema }, ui: { "ui:widget": "checkboxes" } };
  }
  if (values.length > 0) return choice(about, values);
  if (type === "boolean") return choice(about, [true, false]);
  if (types.length === 1 && /^(integer|number|string)/.test(type)) {
    return { schema: { ...about, type: type.replace(/ .*/, "") }, ui: { "ui:emptyValue": "" } };
  }
  return { schema: about, ui: { "ui:field": "json" } };
}

function choice(about: JsonObject, values: readonly Json[]): FormDescription {
  const type = typeof values[0] === "boolean" ? "boolean" : "string";
  return {
    schema: { ...about, type, enum: [...values] },
    ui: { "ui:widget": "select", "ui:placeholder": "not sent" },
  };
}

/** Descriptions are Markdown; a form shows text. */
function plain(markdown: string): string {
  return markdown.replace(/\s+/g, " ").replace(/[`*]/g, "").trim();
}

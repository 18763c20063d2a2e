import type { OpenApiDocument } from "../document/document.ts";
import { isObject, type Json } from "../json/json.ts";
import { getAt } from "../json/pointer.ts";
import type { MediaType, Parameter } from "../operation/operation.ts";
import { typesOf } from "../schema/part-values.ts";
import { listProperties, schemaParts } from "../schema/schema-parts.ts";
import { namesIn } from "./parameter-pieces.ts";
import { parameterValues } from "./parameter-values.ts";

/**
 * Prepares reading a form (`a=1&b=2`) as an object with a property for each field. A field that is not in the schema
 * becomes a string, or a list of strings if it was sent more than once.
 */
export function formValues(document: OpenApiDocument, media: MediaType): (text: string) => Json {
  const fields = formFields(document, media).map((field) => ({
    name: field.name,
    takes: (name: string): boolean => name === field.name || name.startsWith(`${field.name}[`),
    valuesOf: isJsonText(document, field) ? undefined : parameterValues(document, field),
  }));
  return (text) => {
    const others = new Map<string, Json[]>();
    const sent = { path: {}, query: text, header: () => undefined };
    for (const [name, value] of namesIn(text)) {
      if (fields.some(({ takes, valuesOf }) => valuesOf !== undefined && takes(name))) continue;
      others.set(name, [...(others.get(name) ?? []), value]);
    }
    const known = fields.flatMap(({ name, valuesOf }): [string, Json][] => {
      const [value] = valuesOf?.(sent) ?? [];
      return value === undefined ? [] : [[name, value]];
    });
    const rest = [...others].map(([name, values]): [string, Json] => {
      const [value = null] = values;
      const isText = fields.some((field) => field.name === name);
      return [name, values.length > 1 ? values : isText ? parsed(String(value)) : value];
    });
    return Object.fromEntries([...known, ...rest]);
  };
}

/** The fields of a form as query parameters: they have the same format, which `encoding` may change. */
export function formFields(document: OpenApiDocument, { schema }: MediaType): Parameter[] {
  if (schema === undefined) return [];
  const encodings = getAt(document, schema.replace(/\/schema$/, "/encoding"));
  return listProperties(document, schema).flatMap(({ name, required, schemas: [place] }) => {
    const encoding = isObject(encodings) && Object.hasOwn(encodings, name) ? encodings[name] : undefined;
    const common = { name, in: "query", required, description: undefined, option: undefined };
    const node = isObject(encoding) ? encoding : {};
    if (place === undefined) return [];
    const { pointer } = place;
    return [{ ...common, pointer, schema: pointer, contentSchema: undefined, node }];
  });
}

/** Whether a field is an object without a declared style: it is JSON then (OpenAPI 3.1 §4.8.14.4). */
export function isJsonText(document: OpenApiDocument, { node, schema }: Parameter): boolean {
  if (node["style"] !== undefined || schema === undefined) return false;
  const nodes = schemaParts(document, schema).map((part) => part.node);
  return typesOf(nodes)?.includes("object") === true;
}

function parsed(text: string): Json {
  try {
    const value: Json = JSON.parse(text);
    return value;
  } catch {
    return text;
  }
}

import type { OpenApiDocument } from "../document/document.ts";
import { isObject, type Json } from "../json/json.ts";
import type { MediaType } from "../operation/operation.ts";
import { formFields, isJsonText } from "./form-values.ts";
import { writtenPairs } from "./written-pairs.ts";

/**
 * Prepares writing an object as a form (`a=1&b=2`). The result is `undefined` for values that a form can't contain:
 * `null`, and lists and objects inside others.
 */
export function formWriter(document: OpenApiDocument, media: MediaType): (value: Json) => string | undefined {
  const fields = new Map(formFields(document, media).map((field) => [field.name, field]));
  return (value) => {
    if (!isObject(value)) return undefined;
    const pairs: string[] = [];
    for (const [name, part] of Object.entries(value)) {
      const field = fields.get(name);
      const isText = field !== undefined && isJsonText(document, field) && isObject(part);
      if (isText) pairs.push(...writtenPairs({ name, node: {} }, JSON.stringify(part)));
      else if (isWritable(name) && partsOf(part).every(isWritable))
        pairs.push(...writtenPairs(field ?? { name, node: {} }, part));
      else return undefined;
    }
    return pairs.join("&");
  };
}

function partsOf(value: Json): readonly Json[] {
  if (Array.isArray(value)) return value;
  return isObject(value) ? Object.entries(value).flat() : [value];
}

/** Whether a value is a plain string. An unpaired surrogate can't be encoded. */
function isWritable(value: Json): boolean {
  if (typeof value === "string") return !/\p{Surrogate}/u.test(value);
  return typeof value === "number" || typeof value === "boolean";
}

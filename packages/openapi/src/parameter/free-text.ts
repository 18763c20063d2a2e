import type { OpenApiDocument } from "../document/document.ts";
import { isObject } from "../json/json.ts";
import { getAt } from "../json/pointer.ts";
import type { Parameter } from "../operation/operation.ts";

/** Keywords that only describe. */
const ANNOTATIONS = ["type", "title", "description", "example", "examples", "deprecated"];

/** Whether a parameter is optional and accepts any text, so that there is nothing to check. */
export function isFreeText(document: OpenApiDocument, { required, schema }: Parameter): boolean {
  const start = schema === undefined ? undefined : getAt(document, schema);
  if (required || schema === undefined || start === undefined) return false;
  return (
    isObject(start) &&
    start["type"] === "string" &&
    Object.keys(start).every((key) => ANNOTATIONS.includes(key) || key.startsWith("x-"))
  );
}

import { getAt, isObject, type OpenApiDocument, parsePointer } from "@dots-payouts/openapi";
import { typeNames } from "./type-names.ts";

/** The name of the type that a media type's schema is an alias of; `undefined` where it has no name of its own. */
export function aliasAt(document: OpenApiDocument, schema: string | undefined): string | undefined {
  const node = schema === undefined ? undefined : getAt(document, schema);
  const reference = isObject(node) ? node["$ref"] : undefined;
  if (typeof reference !== "string" || !/^#\/components\/schemas\/[^/]+$/.test(reference)) return undefined;
  const name = parsePointer(decodeURIComponent(reference.slice(1))).at(-1) ?? "";
  return typeNames(document).get(name);
}

/** The type of a response's content, as an index into the generated schema. */
export function responseType(operation: string, status: string, type: string): string {
  const key = /^\d+$/.test(status) ? status : JSON.stringify(status);
  return `operations[${JSON.stringify(operation)}]["responses"][${key}]["content"][${JSON.stringify(type)}]`;
}

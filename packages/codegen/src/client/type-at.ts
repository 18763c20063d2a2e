import { getAt, isObject, type OpenApiDocument } from "@dots-payouts/openapi";
import { pascalCase } from "../names.ts";

/** The name of the type that a media type's schema is an alias of; `undefined` where it has no name of its own. */
export function aliasAt(document: OpenApiDocument, schema: string | undefined): string | undefined {
  const node = schema === undefined ? undefined : getAt(document, schema);
  const reference = isObject(node) ? node["$ref"] : undefined;
  const name =
    typeof reference === "string" ? /^#\/components\/schemas\/([^/]+)$/.exec(reference)?.[1] : undefined;
  return name === undefined ? undefined : pascalCase(decodeURIComponent(name));
}

/** The type of a response's content, as an index into the generated schema. */
export function responseType(operation: string, status: string, type: string): string {
  const key = /^\d+$/.test(status) ? status : JSON.stringify(status);
  return `operations[${JSON.stringify(operation)}]["responses"][${key}]["content"][${JSON.stringify(type)}]`;
}

/** The first media type that is JSON. */
export function jsonContent<Media extends { readonly type: string }>(
  content: readonly Media[] = [],
): Media | undefined {
  return content.find(({ type }) => /^application\/(.+\+)?json\b/.test(type));
}

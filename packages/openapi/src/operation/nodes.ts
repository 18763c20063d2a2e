import { DocumentError, follow, type Located, type OpenApiDocument } from "../document/document.ts";
import { isObject, type Json, type JsonObject } from "../json/json.ts";

/** An object in a document, and its place. */
export interface LocatedObject {
  readonly node: JsonObject;
  readonly pointer: string;
}

/**
 * The object at a place, with references followed.
 * @throws DocumentError if there is no object
 */
export function object(document: OpenApiDocument, start: Located): LocatedObject {
  const { node, pointer } = follow(document, start);
  if (!isObject(node)) throw new DocumentError(pointer, "an object is needed");
  return { node, pointer };
}

export function entries(node: Json | undefined): [string, Json][] {
  return isObject(node) ? Object.entries(node) : [];
}

export function list(node: Json | undefined): Json[] {
  return Array.isArray(node) ? node : [];
}

export function text(node: Json | undefined): string | undefined {
  return typeof node === "string" ? node : undefined;
}

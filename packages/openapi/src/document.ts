import { isObject, type Json, type JsonObject } from "./json.ts";
import { getAt } from "./pointer.ts";

/** A bundled OpenAPI document: one JSON object whose references all point into itself. */
export type OpenApiDocument = JsonObject;

/** A place in a document that does not say what it should. `pointer` is a JSON Pointer (RFC 6901) to it. */
export class DocumentError extends Error {
  override readonly name = "DocumentError";
  readonly pointer: string;

  constructor(pointer: string, problem: string) {
    super(`${pointer === "" ? "the document" : `#${pointer}`}: ${problem}`);
    this.pointer = pointer;
  }
}

/**
 * Checks that a value is an OpenAPI 3 document with paths.
 * @throws DocumentError when it is something else.
 */
export function asDocument(value: unknown): OpenApiDocument {
  if (!isObject(value)) throw new DocumentError("", "not a JSON object");
  const version = value["openapi"];
  if (typeof version !== "string" || !/^3\.[01]\./.test(version)) {
    throw new DocumentError("/openapi", `OpenAPI 3.0 or 3.1 is needed, this says ${JSON.stringify(version)}`);
  }
  if (!isObject(value["paths"])) throw new DocumentError("/paths", "missing");
  return value;
}

/** A node of a document, with where it stands once references are followed. */
export interface Located {
  readonly node: Json;
  readonly pointer: string;
}

/**
 * Follows `$ref` until a node that is none. Keywords beside a `$ref` are not merged: whoever validates leaves that
 * to JSON Schema, whoever describes looks at the referring node first.
 * @throws DocumentError when a reference leads out of the document, nowhere, or in a circle.
 */
export function follow(document: OpenApiDocument, start: Located): Located {
  const seen = new Set<string>();
  let { node, pointer } = start;
  while (isObject(node) && typeof node["$ref"] === "string") {
    const reference = node["$ref"];
    if (!reference.startsWith("#")) throw new DocumentError(pointer, `${reference} leads out of the bundle`);
    if (seen.has(reference)) throw new DocumentError(pointer, `${reference} leads back to itself`);
    seen.add(reference);
    const target = decodeURIComponent(reference.slice(1));
    const found = getAt(document, target);
    if (found === undefined) throw new DocumentError(pointer, `${reference} leads nowhere`);
    node = found;
    pointer = target;
  }
  return { node, pointer };
}

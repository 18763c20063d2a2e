import { isObject } from "../json/json.ts";
import { DocumentError, type OpenApiDocument } from "./document.ts";
import { requireNoLoops } from "./reference-loops.ts";
import { withoutAnchors } from "./without-anchors.ts";

/**
 * Reads a value as an OpenAPI 3 document with paths, in which every reference is a JSON Pointer.
 * @throws DocumentError if it is something else, or if a reference is circular.
 */
export function asDocument(value: unknown): OpenApiDocument {
  if (!isObject(value)) throw new DocumentError("", "not a JSON object");
  const version = value["openapi"];
  if (typeof version !== "string" || !/^3\.[01]\./.test(version)) {
    throw new DocumentError("/openapi", `OpenAPI 3.0 or 3.1 is needed, not ${JSON.stringify(version)}`);
  }
  if (!isObject(value["paths"])) throw new DocumentError("/paths", "missing");
  const text = JSON.stringify(value);
  const document = /"\$(anchor|dynamicAnchor)":/.test(text) ? withoutAnchors(value) : value;
  requireNoLoops(document, document === value ? text : JSON.stringify(document));
  return document;
}

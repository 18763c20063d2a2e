import { isObject, type Json, type JsonObject } from "../json/json.ts";
import { getAt } from "../json/pointer.ts";

/** A bundled OpenAPI document: one JSON object that only refers to itself. */
export type OpenApiDocument = JsonObject;

/** An error in a document. `pointer` is a JSON Pointer (RFC 6901) to its place. */
export class DocumentError extends Error {
  override readonly name = "DocumentError";
  readonly pointer: string;
  /** What is wrong, without the place. */
  readonly problem: string;

  constructor(pointer: string, problem: string) {
    super(`${pointer === "" ? "the document" : `#${pointer}`}: ${problem}`);
    this.pointer = pointer;
    this.problem = problem;
  }
}

/** A node of a document, with its place after references were followed. */
export interface Located {
  readonly node: Json;
  readonly pointer: string;
}

/**
 * Follows `$ref`s to the first node that is not one. Keywords next to a `$ref` are not merged: validators leave that to
 * JSON Schema, and code that describes looks at the referring node first.
 * @throws DocumentError if a reference leaves the document, points nowhere, or is circular.
 */
export function follow(document: OpenApiDocument, start: Located): Located {
  return isReference(start.node) ? (referenceHops(document, start).at(-1) ?? start) : start;
}

/**
 * Every node from a reference to its target: first `start`, last the result of `follow`. Those in between are
 * references too, and may have their own keywords next to `$ref`.
 * @throws DocumentError if a reference leaves the document, points nowhere, or is circular.
 */
export function referenceHops(document: OpenApiDocument, start: Located): Located[] {
  const way = [start];
  if (!isReference(start.node)) return way;
  const seen = new Set<string>();
  let here = start;
  while (isReference(here.node)) {
    const reference = here.node.$ref;
    if (seen.has(reference)) throw new DocumentError(here.pointer, `${reference} leads back to itself`);
    seen.add(reference);
    here = target(document, reference, here.pointer);
    way.push(here);
  }
  return way;
}

function isReference(node: Json): node is JsonObject & { readonly $ref: string } {
  return isObject(node) && typeof node["$ref"] === "string";
}

function target(document: OpenApiDocument, reference: string, from: string): Located {
  if (!reference.startsWith("#")) throw new DocumentError(from, `${reference} leads out of the bundle`);
  try {
    const pointer = decodeURIComponent(reference.slice(1));
    const node = getAt(document, pointer);
    if (node !== undefined) return { node, pointer };
  } catch (error) {
    // A fragment that is not a JSON Pointer, or is badly escaped, points nowhere too.
    if (!(error instanceof SyntaxError || error instanceof URIError)) throw error;
  }
  throw new DocumentError(from, `${reference} leads nowhere`);
}

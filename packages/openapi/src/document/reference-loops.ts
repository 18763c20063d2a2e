import { isObject, type Json, type JsonObject } from "../json/json.ts";
import { formatPointer, getAt } from "../json/pointer.ts";
import { DocumentError } from "./document.ts";

/** The keywords whose schemas apply to the same value as their parent. */
const LISTS = ["allOf", "anyOf", "oneOf"];
const SINGLE = ["not", "if", "then", "else"];

/**
 * @throws DocumentError if a reference is circular for the same value: such a schema never ends. A schema that refers
 * to itself for a part of the value, such as a tree, does end.
 * @param text the document as JSON
 */
export function requireNoLoops(document: JsonObject, text: string): void {
  const begun = new Set<string>();
  const done = new Set<string>();
  const visit = (node: Json | undefined, place: () => string): void => {
    if (!isObject(node)) return;
    const { $ref: reference, dependentSchemas } = node;
    const target = typeof reference === "string" ? pointerOf(reference) : undefined;
    if (target !== undefined && !done.has(target)) {
      if (begun.has(target)) throw new DocumentError(place(), `${String(reference)} leads back to itself`);
      begun.add(target);
      visit(targetOf(document, target), () => target);
      done.add(target);
    }
    for (const keyword of LISTS) {
      const list = node[keyword];
      if (!Array.isArray(list)) continue;
      for (const [index, schema] of list.entries()) visit(schema, () => `${place()}/${keyword}/${index}`);
    }
    for (const keyword of SINGLE) {
      if (keyword in node) visit(node[keyword], () => `${place()}/${keyword}`);
    }
    for (const [name, schema] of Object.entries(isObject(dependentSchemas) ? dependentSchemas : {})) {
      visit(schema, () => `${place()}/dependentSchemas${formatPointer([name])}`);
    }
  };
  // Finds references in the text, which takes a fraction of the time of walking the document.
  const references = new Set<string>();
  for (const [, reference = ""] of text.matchAll(/"\$ref":"(#(?:[^"\\]|\\.)*)"/g)) references.add(reference);
  for (const reference of references) visit({ $ref: JSON.parse(`"${reference}"`) }, () => "");
}

function pointerOf(reference: string): string | undefined {
  if (!reference.startsWith("#/")) return undefined;
  try {
    return decodeURIComponent(reference.slice(1));
  } catch {
    // It points nowhere, which is reported when it is followed.
    return undefined;
  }
}

function targetOf(document: JsonObject, pointer: string): Json | undefined {
  try {
    return getAt(document, pointer);
  } catch (error) {
    if (error instanceof SyntaxError) return undefined;
    throw error;
  }
}

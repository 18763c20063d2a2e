import { DocumentError } from "../document/document.ts";
import { isObject, type Json } from "../json/json.ts";
import { isPointer } from "../json/pointer.ts";

/** `x-when`: the requests that a success is given for, and what it holds then. */
export interface ResponseCondition {
  /** Values in the request body. All of them have to be there. */
  readonly request: readonly PlacedValue[];
  /** Values that the response body has then. */
  readonly response: readonly PlacedValue[];
}

/** A value and the JSON Pointer to its place. */
export interface PlacedValue {
  readonly pointer: string;
  readonly value: Json;
}

/** Reads `x-when`. @throws DocumentError at `place` where the extension can't be read. */
export function readResponseCondition(node: Json | undefined, place: string): ResponseCondition | undefined {
  if (node === undefined) return undefined;
  if (!isObject(node)) throw new DocumentError(place, "an object with request and response is needed");
  const request = readPlacedValues(node["request"], `${place}/request`);
  if (request.length === 0) throw new DocumentError(`${place}/request`, "a value in the request is needed");
  return { request, response: readPlacedValues(node["response"], `${place}/response`) };
}

/** Values by JSON Pointer; none where nothing is said. @throws DocumentError where they can't be read. */
export function readPlacedValues(node: Json | undefined, place: string): PlacedValue[] {
  if (node === undefined) return [];
  if (!isObject(node)) throw new DocumentError(place, "JSON Pointers and values are needed");
  return Object.entries(node).map(([pointer, value]) => {
    if (!isPointer(pointer)) throw new DocumentError(place, `${pointer} is not a JSON Pointer`);
    return { pointer, value };
  });
}

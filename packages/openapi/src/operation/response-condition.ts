import { DocumentError } from "../document/document.ts";
import { Extension, type PlacedValue } from "../document/extension.ts";
import type { Json } from "../json/json.ts";

/** `x-when`: the requests that get this success, and the values it then has. */
export interface ResponseCondition {
  /** Values in the request body. All of them must match. */
  readonly request: readonly PlacedValue[];
  /** Values that the response body then has. */
  readonly response: readonly PlacedValue[];
}

/** Reads `x-when`. @throws DocumentError if it can't be read */
export function readResponseCondition(node: Json | undefined, place: string): ResponseCondition | undefined {
  if (node === undefined) return undefined;
  const condition = new Extension(node, place, ["request", "response"]);
  const request = condition.values("request");
  if (request.length === 0) throw new DocumentError(`${place}/request`, "a value in the request is needed");
  return { request, response: condition.values("response") };
}

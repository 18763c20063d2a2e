import { isObject, type Json } from "../json/json.ts";
import { isPointer } from "../json/pointer.ts";
import { DocumentError } from "./document.ts";

/** `x-error-codes`, at the root of a document: what the codes in refusals mean for a retry. */
export interface ErrorCodes {
  /** JSON Pointers into the body of a refusal: the code is the first string found at one of them. */
  readonly at: readonly string[];
  /** Codes that say that an earlier request is still in progress: nothing is decided yet. */
  readonly busy: readonly string[];
  /** Codes that say that the account lacks funds: every other request will be refused too. */
  readonly funds: readonly string[];
}

const NONE: ErrorCodes = { at: [], busy: [], funds: [] };

/** Reads `x-error-codes`. @throws DocumentError below `place` where it can't be read. */
export function readErrorCodes(node: Json | undefined, place: string): ErrorCodes {
  if (node === undefined) return NONE;
  if (!isObject(node)) throw new DocumentError(place, "an object with at, busy and funds is needed");
  const texts = (key: string): readonly string[] => {
    const value: Json = node[key] ?? [];
    if (Array.isArray(value) && value.every((text) => typeof text === "string")) return value;
    throw new DocumentError(`${place}/${key}`, "a list of strings is needed");
  };
  const at = texts("at");
  for (const [index, pointer] of at.entries()) {
    if (isPointer(pointer)) continue;
    throw new DocumentError(`${place}/at/${index}`, `${JSON.stringify(pointer)} is not a JSON Pointer`);
  }
  return { at, busy: texts("busy"), funds: texts("funds") };
}

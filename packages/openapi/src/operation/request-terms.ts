import { DocumentError } from "../document/document.ts";
import type { Json, JsonObject } from "../json/json.ts";
import { isPointer } from "../json/pointer.ts";

/** What a request says about the money. Pointers are JSON Pointers into the request body. */
export interface RequestTerms {
  /** `x-reference`: where the caller's own reference goes; it is returned when the resource is read. */
  readonly reference: string | undefined;
  /** `x-amount`: how much the request pays, as a whole number of the smallest unit. */
  readonly amount: string | undefined;
  /** `x-recipient`: the pointers of each list together identify the person who is paid. */
  readonly recipient: readonly (readonly string[])[];
}

/** @throws DocumentError below `place` if an extension can't be read: what it protects must not be ignored. */
export function readRequestTerms(operation: JsonObject, place: string): RequestTerms {
  const recipient = operation["x-recipient"] ?? [];
  if (!Array.isArray(recipient)) {
    throw new DocumentError(`${place}/x-recipient`, "a list of lists of JSON Pointers is needed");
  }
  return {
    reference: optionalPointer(operation["x-reference"], `${place}/x-reference`),
    amount: optionalPointer(operation["x-amount"], `${place}/x-amount`),
    recipient: recipient.map((pointers, index) => {
      const at = `${place}/x-recipient/${index}`;
      if (!Array.isArray(pointers) || pointers.length === 0) {
        throw new DocumentError(at, "a list of JSON Pointers is needed");
      }
      return pointers.map((pointer, position) => requirePointer(pointer, `${at}/${position}`));
    }),
  };
}

function optionalPointer(value: Json | undefined, place: string): string | undefined {
  return value === undefined ? undefined : requirePointer(value, place);
}

function requirePointer(value: Json, place: string): string {
  if (typeof value === "string" && value !== "" && isPointer(value)) return value;
  throw new DocumentError(place, `${JSON.stringify(value)} is not a JSON Pointer such as "/name"`);
}

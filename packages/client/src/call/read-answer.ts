import { someAreEmpty, someArePlain } from "../generated/operations.ts";
import type { ErrorBody } from "../generated/types.ts";
import { parseJson, valueAt } from "../runtime/json.ts";
import type { Operation } from "../runtime/operation.ts";

/** The text of an answer. A stub of `fetch` may have nothing but `json()`. */
export async function readText(response: Response): Promise<string> {
  return typeof response.text === "function" ? response.text() : JSON.stringify(await response.json());
}

/** The JSON value that a success brings; an empty list where the operation brings none. */
export function readData({ empty }: Operation, text: string): unknown {
  return empty || (someAreEmpty && empty === false && text === "") ? [] : parseJson(text);
}

/**
 * Whether a JSON value can be what a success of an operation brings: an object with the ID, or with the list, that the
 * description names. Whether it keeps the other rules is for `validation()` to say: which fields are always there is
 * less certain than that the money was made.
 */
export function isData<Data>({ empty, plain, idAt, itemsAt }: Operation, value: unknown): value is Data {
  if (empty || value === undefined) return value !== undefined;
  if (idAt) return isId(valueAt(value, idAt));
  if (itemsAt) return Array.isArray(itemsAt.length > 0 ? valueAt(value, itemsAt) : value);
  return (someArePlain && plain) || (typeof value === "object" && value !== null);
}

function isId(value: unknown): boolean {
  return (typeof value === "string" && value !== "") || typeof value === "number";
}

/** Whether a JSON value can be the body of a refusal, of which nothing else is certain. */
export function isErrorBody(value: unknown): value is ErrorBody {
  return typeof value === "object" && value !== null;
}

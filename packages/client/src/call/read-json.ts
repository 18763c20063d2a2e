import { someArePlain } from "../generated/operations.ts";
import type { ErrorBody } from "../generated/types.ts";
import type { Operation } from "../runtime/operation.ts";

/** The JSON value that a text is; `undefined` where it is none. */
export function parseJson(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return undefined;
  }
}

/**
 * Whether a JSON value can be what a success of an operation brings: an object or a list, unless the description says
 * otherwise. Whether it keeps all rules of the description is for `validation()` to say.
 */
export function isData<Data>({ plain }: Operation, value: unknown): value is Data {
  return someArePlain && plain ? value !== undefined : typeof value === "object" && value !== null;
}

/** Whether a JSON value can be the body of a refusal, of which nothing else is certain. */
export function isErrorBody(value: unknown): value is ErrorBody {
  return typeof value === "object" && value !== null;
}

import { DotsError, type ErrorFacts } from "../errors/dots-error.ts";
import { someAreEmpty, someArePlain } from "../generated/operations.ts";
import type { ApiResult } from "../runtime/api-call.ts";
import { parseJson, valueAt } from "../runtime/json.ts";
import type { Operation } from "../runtime/operation.ts";
import type { Settings } from "../settings/settings.ts";
import { type Call, isoTime } from "./call.ts";

/** The success of a call. */
export interface Success<Data> {
  readonly call: Call;
  readonly data: Data;
  readonly response: Response;
  readonly violations: ApiResult<Data>["violations"];
}

/** What `.withResponse()` returns. */
export function resultOf<Data>({ call, ...success }: Success<Data>): ApiResult<Data> {
  const { key, firstSentAt, account, attempts } = call;
  return { ...success, idempotencyKey: key, firstSentAt: isoTime(firstSentAt), account, attempts };
}

/**
 * Reads the data of a successful answer, or returns the error that it causes.
 * @param text its text; `undefined` if it could not be read
 * @param problem why not
 */
export function readSuccess<Data>(
  { validation }: Settings,
  call: Call,
  response: Response,
  text: string | undefined,
  problem: string,
  facts: () => ErrorFacts,
): Success<Data> | DotsError {
  const { operation } = call;
  const hasNone = text !== undefined && isEmpty(operation, text);
  const data = text === undefined || hasNone ? undefined : parseJson(text);
  if (!isData<Data>(operation, hasNone, data)) {
    return new DotsError(`the answer cannot be read: ${problem}`, {
      ...facts(),
      name: "UnreadableAnswerError",
    });
  }
  const violations = validation?.answer?.(operation.id, response.status, data);
  if (violations?.length && validation?.throws) {
    return new DotsError(`the answer breaks rules: ${validation.list(violations)}`, {
      ...facts(),
      name: "InvalidAnswerError",
      data,
      violations,
    });
  }
  return { call, data, response, violations };
}

/** Whether an answer has no content, because its operation never has any, or not always. */
function isEmpty({ empty }: Operation, text: string): boolean {
  return empty || (someAreEmpty && empty === false && text === "");
}

/**
 * Whether a JSON value can be a success of an operation: an object with the ID, or the list, that the description
 * names. The other rules are left to `validation()`: that the request was carried out is more certain than which fields
 * are always present.
 */
function isData<Data>(
  { plain, idAt, itemsAt, moreAt }: Operation,
  hasNone: boolean,
  value: unknown,
): value is Data {
  if (hasNone || value === undefined) return hasNone;
  if (idAt) {
    const id = valueAt(value, idAt);
    return (typeof id === "string" && id !== "") || typeof id === "number";
  }
  if (itemsAt) {
    const saysMore = moreAt ? typeof valueAt(value, moreAt) === "boolean" : true;
    return saysMore && Array.isArray(itemsAt.length > 0 ? valueAt(value, itemsAt) : value);
  }
  return (someArePlain && plain) || (typeof value === "object" && value !== null);
}

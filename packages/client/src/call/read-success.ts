import { DotsError, type ErrorFacts } from "../errors/dots-error.ts";
import { someAreEmpty, someArePlain } from "../generated/operations.ts";
import type { ApiResult } from "../runtime/api-call.ts";
import { parseJson, valueAt } from "../runtime/json.ts";
import type { Operation } from "../runtime/operation.ts";
import type { Settings } from "../settings/settings.ts";
import { type Call, isoTime } from "./call.ts";

/**
 * What a success brings: the result of the call, or the error that it makes.
 * @param text its text; `undefined` where it could not be read
 * @param problem why not
 */
export function readSuccess<Data>(
  { validation }: Settings,
  { operation, key, firstSentAt, account, attempts }: Call,
  response: Response,
  text: string | undefined,
  problem: string,
  facts: () => ErrorFacts,
): ApiResult<Data> | DotsError {
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
  return {
    data,
    response,
    idempotencyKey: key,
    // Most callers have no use for the text.
    get firstSentAt() {
      return isoTime(firstSentAt);
    },
    account,
    attempts,
    violations,
  };
}

/** Whether an answer is one without content: of an operation that brings none, or at times none. */
function isEmpty({ empty }: Operation, text: string): boolean {
  return empty || (someAreEmpty && empty === false && text === "");
}

/**
 * Whether a JSON value can be what a success of an operation brings: an object with the ID, or with the list, that the
 * description names. Whether it keeps the other rules is for `validation()` to say: which fields are always there is
 * less certain than that the request was carried out.
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

import type { Failure } from "../errors/failure.ts";
import { someAreEmpty, someArePlain } from "../generated/operations.ts";
import type { ApiResult } from "../runtime/api-call.ts";
import { parseJson, valueAt } from "../runtime/json.ts";
import type { Operation } from "../runtime/operation.ts";
import type { Settings } from "../settings/settings.ts";
import { type Call, type Fail, isoTime } from "./call.ts";

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
  fail: Fail,
): Success<Data> | Failure {
  const { operation } = call;
  const isEmpty =
    text !== undefined &&
    ((someAreEmpty && operation.empty === false && text === "") || operation.empty === true);
  const data = isEmpty ? undefined : parseJson(text ?? "");
  if (!isData<Data>(operation, isEmpty, data)) {
    return fail("UnreadableAnswerError", `the answer cannot be read: ${problem}`);
  }
  const { problem: broken, violations } = validation?.answer?.(operation.id, response.status, data) ?? {};
  if (broken) return fail("InvalidAnswerError", broken, { data, violations });
  return { call, data, response, violations };
}

/**
 * Whether a JSON value can be a success of an operation: an object with the ID, or the list, that the description
 * names. The other rules are left to `validation()`: that the request was carried out is more certain than which fields
 * are always present.
 */
function isData<Data>(
  { plain, idAt, itemsAt, moreAt }: Operation,
  isEmpty: boolean,
  value: unknown,
): value is Data {
  if (isEmpty) return true;
  if (idAt) {
    const id = valueAt(value, idAt);
    return (typeof id === "string" && id !== "") || typeof id === "number";
  }
  if (itemsAt) {
    const saysMore = moreAt ? typeof valueAt(value, moreAt) === "boolean" : true;
    return saysMore && Array.isArray(itemsAt.length > 0 ? valueAt(value, itemsAt) : value);
  }
  return someArePlain && plain ? value !== undefined : typeof value === "object" && value !== null;
}

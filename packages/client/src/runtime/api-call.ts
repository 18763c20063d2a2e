import type { Violation } from "./validate.ts";

/** How a call was sent. */
export interface Sent {
  /** The key that was sent; `undefined` for an operation without one. */
  readonly idempotencyKey: string | undefined;
  /** When the first request with the key was sent, as an ISO 8601 string. */
  readonly firstSentAt: string | undefined;
  /** The account that the key was sent for: store it as `account` of a stored call. */
  readonly account: string | undefined;
  /** How many requests it took. */
  readonly attempts: number;
}

/** The answer to a call, with the response and how it was sent. */
export interface ApiResult<Data> extends Sent {
  /** The body of the answer. */
  readonly data: Data;
  /** The last response. Its body has been read. */
  readonly response: Response;
  /** Every rule of the description that the answer breaks; `undefined` if answers are not checked. */
  readonly violations: readonly Violation[] | undefined;
}

/** A call in progress: a promise of the data. `withResponse()` adds the response and how it was sent. */
export interface ApiCall<Data> extends Promise<Data> {
  /** The data together with the response, the idempotency key and the number of attempts. */
  withResponse(): Promise<ApiResult<Data>>;
}

/**
 * A call whose result is pending.
 * @param resultOf creates the full result, which few callers need
 * @internal
 */
export function apiCall<Data, Success extends { readonly data: Data }>(
  success: Promise<Success>,
  resultOf: (success: Success) => ApiResult<Data>,
): ApiCall<Data> {
  // A native promise: awaiting any other thenable takes longer.
  const data = success.then(dataOf);
  // Derived from the data promise, so that a failure is reported as unhandled once, or not at all.
  return Object.assign(data, { withResponse: () => data.then(() => success).then(resultOf) });
}

function dataOf<Data>({ data }: { readonly data: Data }): Data {
  return data;
}

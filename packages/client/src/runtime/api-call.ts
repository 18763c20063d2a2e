import type { Violation } from "./validate.ts";

/** How a call was sent. */
export interface Sent {
  /** The key that was sent; `undefined` for an operation that takes none. */
  readonly idempotencyKey: string | undefined;
  /** When the first request with the key was sent, as an ISO 8601 text. */
  readonly firstSentAt: string | undefined;
  /** For which account the key was sent: `account` of a stored call. */
  readonly account: string | undefined;
  /** How many requests it took. */
  readonly attempts: number;
}

/** The answer to a call, with what surrounds it. */
export interface ApiResult<Data> extends Sent {
  /** The body of the answer. */
  readonly data: Data;
  /** The last response. Its body has been read. */
  readonly response: Response;
  /** Every rule of the description that the answer breaks; `undefined` where answers are not checked. */
  readonly violations: readonly Violation[] | undefined;
}

/** A call that is under way: a promise of the data, or of the data with what surrounds it. */
export interface ApiCall<Data> extends Promise<Data> {
  /** The data together with the response, the idempotency key and the number of attempts. */
  withResponse(): Promise<ApiResult<Data>>;
}

/**
 * A call whose success is on its way.
 * @param resultOf makes its result, which few callers ask for
 * @internal
 */
export function apiCall<Data, Success extends { readonly data: Data }>(
  success: Promise<Success>,
  resultOf: (success: Success) => ApiResult<Data>,
): ApiCall<Data> {
  // A promise of the language's own: awaiting any other thenable takes longer.
  const data = success.then((answer) => answer.data);
  // By way of the data, so that a failure is reported as unhandled once, or not at all.
  return Object.assign(data, { withResponse: () => data.then(() => success).then(resultOf) });
}

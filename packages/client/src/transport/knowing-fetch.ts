/** Key of the method that says whether a `fetch` has started to send the request with a given signal. */
export const HAS_STARTED: unique symbol = Symbol.for("@dots-payouts/client/hasStarted");

/** Key of the method that says whether a `fetch` sends each request at most once. */
export const SENDS_ONCE: unique symbol = Symbol.for("@dots-payouts/client/sendsOnce");

/** A `fetch` that knows what it has sent. */
export interface KnowingFetch {
  /** Whether it has started to send the request with this signal. */
  readonly [HAS_STARTED]: (signal: AbortSignal) => boolean;
  /** Whether it sends each request at most once. */
  readonly [SENDS_ONCE]: () => boolean;
}

/** Whether a `fetch` knows what it has sent. */
export function isKnowing(fetch: object): fetch is KnowingFetch {
  return HAS_STARTED in fetch && SENDS_ONCE in fetch;
}

/** How a `fetch` says whether it has begun to send the request with a signal. */
export const HAS_STARTED: unique symbol = Symbol.for("@dots-payouts/client/hasStarted");

/** How a `fetch` says whether it sends each request once at most. */
export const SENDS_ONCE: unique symbol = Symbol.for("@dots-payouts/client/sendsOnce");

/** A `fetch` that knows what it has sent. */
export interface KnowingFetch {
  /** Whether it has begun to send the request with this signal. */
  readonly [HAS_STARTED]: (signal: AbortSignal) => boolean;
  /** Whether it sends each request once at most. */
  readonly [SENDS_ONCE]: () => boolean;
}

/** Whether a `fetch` knows what it has sent. */
export function isKnowing(fetch: object): fetch is KnowingFetch {
  return HAS_STARTED in fetch && SENDS_ONCE in fetch;
}

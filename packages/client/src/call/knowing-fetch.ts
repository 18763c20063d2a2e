/**
 * How a `fetch` says whether it has begun to send the request with a signal. A `fetch` that says so is believed, since
 * only one that sends each request once at most can know.
 */
export const HAS_STARTED: unique symbol = Symbol.for("@dots-payouts/client/hasStarted");

/** A `fetch` that knows what it has sent. */
export interface KnowingFetch {
  readonly [HAS_STARTED]: (signal: AbortSignal) => boolean;
}

/** Whether a `fetch` says that it has not begun to send the request with a signal; `undefined` where it does not say. */
export function hasNotStarted(fetch: unknown, signal: AbortSignal): boolean | undefined {
  return typeof fetch === "function" && HAS_STARTED in fetch && typeof fetch[HAS_STARTED] === "function"
    ? fetch[HAS_STARTED](signal) === false
    : undefined;
}

/**
 * What a failed call means for the money.
 *
 * - `not_sent`: no request left this machine. Nothing was carried out.
 * - `rejected`: the API refused it, or it only reads. Nothing was carried out.
 * - `unknown`: it may have been carried out, or may still be.
 *
 * It is about the idempotency key, not about the call alone: where an earlier call with the same key may have been
 * carried out, the outcome is `unknown`, even if this call sent nothing.
 */
export type Outcome = "not_sent" | "rejected" | "unknown";

/** Whether a value that was stored is an outcome. */
export function isOutcome(value: unknown): value is Outcome {
  return typeof value === "string" && /^(not_sent|rejected|unknown)$/.test(value);
}

/**
 * Whether a status refuses a request that was sent once, so that nothing was carried out. A refusal for slowness (408),
 * or of a proxy whose client is gone (499), may come while the work goes on. Conflict, Locked and Too Early (409, 423,
 * 425) may come while an earlier request with the same key does: even a fresh key may be sent twice, by something on the
 * way.
 */
export function isRefusal(status: number, key: string | undefined): boolean {
  return (key ? /^4(?!08|99|09|2[35])\d\d$/ : /^4(?!08|99)\d\d$/).test(`${status}`);
}

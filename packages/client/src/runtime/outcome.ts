/**
 * What a failed call means for the money.
 *
 * - `not_sent`: no request left this machine. Nothing was carried out.
 * - `rejected`: the API refused it, or it only reads. Nothing was carried out.
 * - `unknown`: it may have been carried out, or may still be.
 *
 * It is about the idempotency key, not about this call alone: if an earlier call with the same key may have been
 * carried out, the outcome is `unknown`, even if this call sent nothing.
 */
export type Outcome = "not_sent" | "rejected" | "unknown";

/** Whether a value that was stored is an outcome. */
export function isOutcome(value: unknown): value is Outcome {
  return typeof value === "string" && /^(not_sent|rejected|unknown)$/.test(value);
}

/**
 * Whether a status proves that a request that was sent once was not carried out. A timeout (408), or a proxy whose
 * client has disconnected (499), may be answered while the work continues. Conflict, Locked and Too Early (409, 423,
 * 425) may be answered while an earlier request with the same key is in progress: an intermediary may send even a fresh
 * key twice.
 */
export function isRefusal(status: number, key: string | undefined): boolean {
  return (key ? /^4(?!08|99|09|2[35])\d\d$/ : /^4(?!08|99)\d\d$/).test(`${status}`);
}

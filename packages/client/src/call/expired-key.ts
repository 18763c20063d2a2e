import type { Failure } from "../errors/failure.ts";
import { type Call, failure, isoTime } from "./call.ts";

/** The unused part of a key's lifetime: clocks differ, and a request takes time to arrive. */
const MARGIN = 15 * 60_000;

/** The error of a call whose key may no longer protect it from being carried out twice. */
export function expiredKey(call: Call): Failure | undefined {
  const { firstSentAt, sentAt = Number.POSITIVE_INFINITY } = call;
  const { keyLifetime } = call.operation;
  if (keyLifetime === undefined || firstSentAt === undefined) return undefined;
  const margin = Math.min(MARGIN, keyLifetime / 2);
  const now = Date.now();
  // Within a call, a clock that is set back tells nothing.
  const age = Math.max(now - firstSentAt, performance.now() - sentAt);
  // A clock that was a little ahead takes nothing from the lifetime. One that was far ahead does not tell the age.
  if (age >= -margin / 3 && age <= keyLifetime - margin) return undefined;
  const what = `the idempotency key of ${isoTime(firstSentAt)} does not protect at ${isoTime(now)}`;
  return failure(call, "ExpiredKeyError", what);
}

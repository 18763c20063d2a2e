import type { Failure } from "../errors/failure.ts";
import { type Call, failure, isoTime } from "./call.ts";

/** The unused part of a key's lifetime: clocks differ, and a request takes time to arrive. */
const MARGIN = 15 * 60_000;

/** The error of a call whose key may no longer protect it from being carried out twice. */
export function expiredKey(call: Call): Failure | undefined {
  const { firstSentAt, sentAt = Number.POSITIVE_INFINITY } = call;
  const { keyLifetime } = call.operation;
  if (keyLifetime === undefined || firstSentAt === undefined) return undefined;
  const now = Date.now();
  // Within a call, a clock that is set back tells nothing.
  const age = Math.max(now - firstSentAt, performance.now() - sentAt);
  if (age >= 0 && age <= keyLifetime - Math.min(MARGIN, keyLifetime / 2)) return undefined;
  return failure(
    call,
    "ExpiredKeyError",
    `the idempotency key of ${isoTime(firstSentAt)} does not protect at ${isoTime(now)}`,
    age < 0 ? { lookUp: "wait until then" } : undefined,
  );
}

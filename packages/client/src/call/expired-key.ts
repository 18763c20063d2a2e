import { DotsError } from "../errors/dots-error.ts";
import { type Call, factsOf, isoTime } from "./call.ts";

/** The unused part of a key's lifetime: clocks differ, and a request takes time to arrive. */
const MARGIN = 15 * 60_000;

/** @throws ExpiredKeyError if the key may no longer protect the call from being carried out twice. */
export function requireKeyProtects(call: Call): void {
  const { firstSentAt } = call;
  const { keyLifetime } = call.operation;
  if (keyLifetime === undefined || firstSentAt === undefined) return;
  const now = Date.now();
  const age = now - firstSentAt;
  if (age >= 0 && age <= keyLifetime - Math.min(MARGIN, keyLifetime / 2)) return;
  throw new DotsError(
    `the idempotency key of ${isoTime(firstSentAt)} protects for ${keyLifetime / 3_600_000} hours, and it is ${isoTime(now)}`,
    {
      ...factsOf(call),
      name: "ExpiredKeyError",
      advice:
        call.outcome === "unknown"
          ? `It may have been carried out: do not call again, but ${call.operation.lookUp ?? "ask those who can see it"}.`
          : "Nothing was carried out: call again with a new key.",
    },
  );
}

import { AbortError, DeadlineError, type ErrorFacts, ExpiredKeyError } from "../errors/dots-error.ts";
import type { RequestEvent } from "../options/hooks.ts";
import type { Outcome } from "../runtime/outcome.ts";
import { describe } from "../settings/redact.ts";
import { isoTime, type PreparedCall } from "./prepare-call.ts";

/** How far a call has come. */
export interface CallProgress {
  readonly call: PreparedCall;
  /** How many attempts were begun. */
  attempts: number;
  /** What they mean together, with all that came before the call. */
  outcome: Outcome;
  /** When the first request with the key was sent, in milliseconds since the epoch. */
  firstSentAt: number | undefined;
}

export function startCall(call: PreparedCall): CallProgress {
  return { call, attempts: 0, outcome: call.outcome, firstSentAt: call.firstSentAt };
}

/** What an error says of a call. */
export function factsOf({ call, attempts, outcome, firstSentAt }: CallProgress): ErrorFacts {
  return {
    outcome,
    operation: call.operation.id,
    idempotencyKey: call.key,
    firstSentAt: isoTime(firstSentAt),
    attempts,
    requestBody: call.body,
  };
}

/** What hooks are told of an attempt. */
export function eventOf({ call: { operation, url, key }, attempts }: CallProgress): RequestEvent {
  return { operation: operation.id, method: operation.method, url, idempotencyKey: key, attempt: attempts };
}

/** The error of a call that its caller, or its deadline, has ended. */
export function stopError(
  signal: AbortSignal | null | undefined,
  facts: ErrorFacts,
): AbortError | DeadlineError {
  if (!signal?.aborted) return new DeadlineError("the deadline leaves no more time", facts);
  const { reason } = signal;
  const isUsual = reason instanceof Error && reason.name === "AbortError";
  return new AbortError(`the call was aborted${isUsual ? "" : `: ${describe(reason)}`}`, {
    ...facts,
    cause: reason,
  });
}

/** How much of a key's lifetime is not used: clocks differ, and a request is under way for a while. */
const MARGIN = 15 * 60_000;

/** @throws ExpiredKeyError when the key may no longer protect from being carried out twice. */
export function requireKeyProtects(progress: CallProgress): void {
  const { firstSentAt } = progress;
  const { keyLifetime } = progress.call.operation;
  if (keyLifetime === undefined || firstSentAt === undefined) return;
  const now = Date.now();
  const age = now - firstSentAt;
  if (age >= 0 && age <= keyLifetime - Math.min(MARGIN, keyLifetime / 2)) return;
  const first = `the first request with the idempotency key was sent at ${isoTime(firstSentAt)}`;
  throw new ExpiredKeyError(
    age < 0
      ? `${first}, and the clock says that it is ${isoTime(now)}`
      : `${first}, and a key protects for ${keyLifetime / 3_600_000} hours`,
    {
      ...factsOf(progress),
      advice:
        progress.outcome === "unknown"
          ? "It may have been carried out: do not call again, but list what exists and look for a reference of your own."
          : "Nothing was carried out: call again with a new key.",
    },
  );
}

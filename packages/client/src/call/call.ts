import { DotsError, type ErrorFacts } from "../errors/dots-error.ts";
import type { RequestEvent } from "../options/hooks.ts";
import type { Operation } from "../runtime/operation.ts";
import type { Outcome } from "../runtime/outcome.ts";
import type { Limits } from "../settings/limits.ts";
import { describe } from "../settings/redact.ts";

/** What errors say about a call. */
interface CallFacts {
  readonly operation: Operation;
  readonly key?: string | undefined;
  /** The JSON text that every attempt sends. */
  readonly body?: string | undefined;
  /** How many attempts were started. */
  attempts: number;
  /** The outcome of everything sent with the key, by this call and by earlier ones. */
  outcome: Outcome;
  /** When the first request with the key was sent, in milliseconds since the epoch. */
  firstSentAt?: number | undefined;
  /** The account that it was sent for. */
  account?: string | undefined;
}

/** A call and its progress. Later changes to the caller's objects don't affect it. */
export interface Call extends CallFacts {
  readonly url: string;
  readonly headers: Readonly<Record<string, string>>;
  readonly limits: Limits;
  readonly signal: AbortSignal | null | undefined;
  /** The body that an earlier call sent, if this call continues it. */
  readonly earlierBody: string | undefined;
}

export function factsOf({
  operation,
  key,
  body,
  attempts,
  outcome,
  firstSentAt,
  account,
}: CallFacts): ErrorFacts {
  return {
    // A call that changes nothing cannot have been carried out.
    outcome: operation.safe && outcome === "unknown" ? "rejected" : outcome,
    operation: operation.id,
    idempotencyKey: key,
    firstSentAt: isoTime(firstSentAt),
    account,
    attempts,
    requestBody: body,
    lookUp: operation.lookUp,
  };
}

/** What hooks receive about an attempt. */
export function eventOf({ operation, url, key, attempts }: Call): RequestEvent {
  return { operation: operation.id, method: operation.method, url, idempotencyKey: key, attempt: attempts };
}

/** A time as it appears in errors and results. */
export function isoTime(milliseconds: number | undefined): string | undefined {
  return milliseconds === undefined ? undefined : new Date(milliseconds).toISOString();
}

/** Wraps an error that was thrown by one of the caller's functions, or by the check of what it returned. */
export function toDotsError(error: unknown, call: CallFacts): DotsError {
  return DotsError.is(error)
    ? error
    : new DotsError(describe(error), { ...factsOf(call), name: "ConfigurationError" });
}

/** The error for a call that its caller or its deadline has ended. */
export function stopError(signal: Call["signal"], facts: ErrorFacts): DotsError {
  if (!signal?.aborted)
    return new DotsError("the deadline leaves no more time", { ...facts, name: "DeadlineError" });
  const { reason: cause } = signal;
  return new DotsError(`the call was aborted: ${describe(cause)}`, { ...facts, name: "AbortError", cause });
}

import { DotsError, type ErrorFacts } from "../errors/dots-error.ts";
import type { RequestEvent } from "../options/hooks.ts";
import type { Operation } from "../runtime/operation.ts";
import type { Outcome } from "../runtime/outcome.ts";
import type { Limits } from "../settings/limits.ts";
import { describe } from "../settings/redact.ts";

/** What errors say of a call. */
interface CallFacts {
  readonly operation: Operation;
  readonly key?: string | undefined;
  /** The text that every attempt sends. */
  readonly body?: string | undefined;
  /** How many attempts were begun. */
  attempts: number;
  /** What became of everything that was sent with the key, by this call and by earlier ones. */
  outcome: Outcome;
  /** When the first request with the key was sent, in milliseconds since the epoch. */
  firstSentAt?: number | undefined;
  /** The account that it was sent for. */
  account?: string | undefined;
}

/** A call, and how far it has come. Nothing in it changes when the caller's objects do. */
export interface Call extends CallFacts {
  readonly url: string;
  readonly headers: Readonly<Record<string, string>>;
  readonly limits: Limits;
  readonly signal: AbortSignal | null | undefined;
  /** The body that an earlier call sent, where this call continues it. */
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
    // What changes nothing cannot have been carried out.
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

/** What hooks are told of an attempt. */
export function eventOf({ operation, url, key, attempts }: Call): RequestEvent {
  return { operation: operation.id, method: operation.method, url, idempotencyKey: key, attempt: attempts };
}

/** A time as errors and results say it. */
export function isoTime(milliseconds: number | undefined): string | undefined {
  return milliseconds === undefined ? undefined : new Date(milliseconds).toISOString();
}

/** Wraps an error that was thrown by a function of the caller, or by the check of what it returned. */
export function toDotsError(error: unknown, call: CallFacts): DotsError {
  return DotsError.is(error)
    ? error
    : new DotsError(describe(error), { ...factsOf(call), name: "ConfigurationError" });
}

/** The error of a call that its caller, or its deadline, has ended. */
export function stopError(signal: Call["signal"], facts: ErrorFacts): DotsError {
  if (!signal?.aborted)
    return new DotsError("the deadline leaves no more time", { ...facts, name: "DeadlineError" });
  const { reason: cause } = signal;
  return new DotsError(`the call was aborted: ${describe(cause)}`, { ...facts, name: "AbortError", cause });
}

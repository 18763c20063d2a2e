import { type ErrorFacts, Failure, isFailure } from "../errors/failure.ts";
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
  /** The same by a clock that nobody sets, where this call sent it. */
  sentAt?: number | undefined;
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
  /** Whether the caller named the account. */
  readonly isBound: boolean;
}

/** Makes an error of a certain call, with what is known of the call. */
export type Fail = (name: string, what: string, more?: Partial<ErrorFacts>) => Failure;

/** The failure of a call. */
export function failure(
  { operation, key, body, attempts, outcome, firstSentAt, account }: CallFacts,
  name: string,
  what: string,
  more?: Partial<ErrorFacts>,
): Failure {
  return new Failure(what, {
    // A call that changes nothing cannot have been carried out.
    outcome: operation.safe && outcome === "unknown" ? "rejected" : outcome,
    operation: operation.id,
    idempotencyKey: key,
    firstSentAt: isoTime(firstSentAt),
    account,
    attempts,
    requestBody: body,
    lookUp: operation.lookUp,
    ...more,
    name,
  });
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
export function toDotsError(error: unknown, call: CallFacts): Failure {
  return isFailure(error) ? error : failure(call, "ConfigurationError", describe(error));
}

/** The error for a call that its caller or its deadline has ended. */
export function stopError(signal: Call["signal"], fail: Fail): Failure {
  if (!signal?.aborted) return fail("DeadlineError", "the deadline leaves no more time");
  const { reason: cause } = signal;
  return fail("AbortError", `the call was aborted: ${describe(cause)}`, { cause });
}

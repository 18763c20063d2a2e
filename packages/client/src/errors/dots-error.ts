import type { ErrorBody } from "../generated/types.ts";
import type { Outcome } from "./outcome.ts";

/** A rule of the API that a value breaks. */
export interface Violation {
  /** JSON Pointer (RFC 6901) to the place; empty for the value as a whole. */
  readonly path: string;
  readonly message: string;
}

/** What is known of a failed call. */
export interface ErrorFacts {
  readonly outcome: Outcome;
  readonly operation?: string | undefined;
  readonly idempotencyKey?: string | undefined;
  readonly attempts?: number;
  readonly status?: number | undefined;
  readonly requestId?: string | undefined;
  readonly retryAfter?: number | undefined;
  readonly body?: ErrorBody | undefined;
  readonly violations?: readonly Violation[] | undefined;
  readonly cause?: DotsError;
}

/** A failure of the client. Every promise and function of the client fails with one of these, and with nothing else. */
export class DotsError extends Error {
  override readonly name: string = "DotsError";
  /** What the failure means for the money. */
  declare readonly outcome: Outcome;
  /** The operation that was called; `undefined` where the client was not yet made. */
  declare readonly operation: string | undefined;
  /** The key that every attempt sent. A call with the same key and body is carried out once at most. */
  declare readonly idempotencyKey: string | undefined;
  /** How many attempts were made. */
  declare readonly attempts: number;
  /** The status of the last answer, where there was one. */
  declare readonly status: number | undefined;
  /** The ID that the server gave the last request, where it did. */
  declare readonly requestId: string | undefined;

  /** @param what what happened, without a full stop */
  constructor(what: string, { cause, ...facts }: ErrorFacts) {
    super(
      `${facts.operation ? `${facts.operation}: ` : ""}${what}. ${meaning(facts)}`,
      cause ? { cause } : undefined,
    );
    Object.assign(this, { attempts: 0 }, facts);
  }
}

function meaning({ outcome, idempotencyKey }: ErrorFacts): string {
  if (outcome === "not_sent") return "Nothing was sent: mend the cause, then call again.";
  if (outcome === "rejected") return "Nothing was carried out: change the call, or try again later.";
  return `It may have been carried out: ${
    idempotencyKey
      ? `call again with idempotencyKey "${idempotencyKey}", which does nothing twice.`
      : "there is no idempotency key, so find out before you call again."
  }`;
}

/** The caller's `signal` ended the call. */
export class AbortError extends DotsError {
  override readonly name = "AbortError";
}

/** The client was set up in a way that cannot work, or a function that it was given failed. */
export class ConfigurationError extends DotsError {
  override readonly name = "ConfigurationError";
}

/** No connection came about (`outcome` is then `not_sent`), or it broke before there was an answer (`unknown`). */
export class ConnectionError extends DotsError {
  override readonly name = "ConnectionError";
}

/** The call, its attempts and the waits between them would have taken longer than `deadline`. */
export class DeadlineError extends DotsError {
  override readonly name = "DeadlineError";
}

/** An attempt took longer than `timeout`. */
export class TimeoutError extends DotsError {
  override readonly name = "TimeoutError";
}

/** The request cannot be sent as it is. */
export class InvalidRequestError extends DotsError {
  override readonly name = "InvalidRequestError";
  /** Every rule that the body breaks, where validation is on. */
  declare readonly violations: readonly Violation[] | undefined;
}

/** The API reported a success, but its answer is not the JSON that was promised. */
export class UnreadableAnswerError extends DotsError {
  override readonly name = "UnreadableAnswerError";
  /** Every rule that the answer breaks, where it is JSON and answers are validated. */
  declare readonly violations: readonly Violation[] | undefined;
}

import type { ErrorBody } from "../generated/types.ts";
import type { Outcome } from "../outcome.ts";
import type { Violation } from "./violation.ts";

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

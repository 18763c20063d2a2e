import type { Outcome } from "../outcome.ts";

/** What is known of a failed call. */
export interface ErrorDetails {
  readonly outcome: Outcome;
  readonly operation?: string | undefined;
  readonly idempotencyKey?: string | undefined;
  readonly attempts?: number;
  readonly status?: number | undefined;
  readonly requestId?: string | undefined;
  readonly cause?: unknown;
}

/** A failure of the client. Every promise and function of the client fails with one of these, and with nothing else. */
export class DotsError extends Error {
  override readonly name: string = "DotsError";
  /** What the failure means for the money. */
  readonly outcome: Outcome;
  /** The operation that was called; `undefined` where the client was not yet made. */
  readonly operation: string | undefined;
  /** The key that every attempt sent. A call with the same key and body is carried out once at most. */
  readonly idempotencyKey: string | undefined;
  /** How many requests were tried. */
  readonly attempts: number;
  /** The status of the last answer, where there was one. */
  readonly status: number | undefined;
  /** The ID that the server gave the last request, where it did. */
  readonly requestId: string | undefined;

  /** @param what what happened, without a full stop */
  constructor(what: string, details: ErrorDetails) {
    const { outcome, operation, idempotencyKey, attempts = 0, status, requestId, cause } = details;
    const tries = attempts > 1 ? ` (attempt ${attempts})` : "";
    super(
      `${operation ? `${operation}: ` : ""}${what}${tries}. ${meaning(outcome, idempotencyKey)}`,
      cause === undefined ? undefined : { cause },
    );
    this.outcome = outcome;
    this.operation = operation;
    this.idempotencyKey = idempotencyKey;
    this.attempts = attempts;
    this.status = status;
    this.requestId = requestId;
  }
}

function meaning(outcome: Outcome, key: string | undefined): string {
  if (outcome !== "unknown") {
    return `Nothing was ${outcome === "rejected" ? "carried out: change the call, or try again later" : "sent: mend the cause, then call again"}.`;
  }
  return `It may have been carried out: ${key ? `call again with idempotencyKey "${key}", which does nothing twice` : "find out before you call again, there is no idempotency key"}.`;
}

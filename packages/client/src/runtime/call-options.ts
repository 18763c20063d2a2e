import type { HeaderOptions } from "../generated/header-options.ts";
import type { Outcome } from "./outcome.ts";

/** Options of a single call. They override those of the client. */
export interface CallOptions extends HeaderOptions {
  /** Aborts the call, also while it waits before a retry. */
  readonly signal?: AbortSignal | null | undefined;
  /**
   * The time limit for one attempt, in milliseconds, up to the last byte of the answer.
   * @default 30_000
   */
  readonly timeout?: number | undefined;
  /**
   * The time limit for the whole call, in milliseconds, including all attempts and the waits between them.
   * @default none
   */
  readonly deadline?: number | undefined;
  /**
   * How often a failed attempt is retried at most, if that is safe.
   * @default 2
   */
  readonly maxRetries?: number | undefined;
  /** Additional headers. The client sets `Authorization` itself. */
  readonly headers?: Readonly<Record<string, string>> | undefined;
}

/** Options of a call with an idempotency key. */
export interface KeyedCallOptions extends CallOptions {
  /**
   * The idempotency key. It may have been used before, so every failure of this call is `unknown`, unless `keyIsNew`
   * says otherwise. Must be the same as the one in the body, if both are given.
   * @default a fresh UUID
   */
  readonly idempotencyKey?: string | undefined;
  /**
   * Says that no request with this idempotency key was ever sent.
   * @default false
   */
  readonly keyIsNew?: boolean | undefined;
  /**
   * When the first request with this idempotency key was sent. The client then refuses to send a key that is too old to
   * protect. Without this, only this call's own attempts count.
   */
  readonly firstSentAt?: Time | undefined;
  /**
   * The account that the key was sent for, from `accountMark()`, an error or a result. The key is then not sent for any
   * other.
   */
  readonly account?: string | undefined;
  /**
   * An earlier call to continue: its error, or what you stored of it. The same bytes are sent with the same key. A body
   * that differs from the one that was sent is refused.
   */
  readonly continue?: UnfinishedCall | StoredCall | undefined;
}

/**
 * A point in time: a `Date`, milliseconds since the epoch, or an ISO 8601 string with a zone, such as a `Z` at its end.
 */
export type Time = string | number | Date;

/** A call as a program stores it. */
export interface StoredCall<Body = unknown> {
  /** The operation that was called, as in errors. The key is not used for any other. */
  readonly operation: string;
  /** The idempotency key. */
  readonly key: string;
  /** The request body: as you passed it, or the JSON text that was sent. */
  readonly body: Body;
  /** When the first request with the key was sent, or may have been. Needed where the outcome is `unknown`. */
  readonly firstSentAt: Time | undefined;
  /**
   * For which account it was sent, as `accountMark()`, errors and results say it. A key may count again for another
   * one, so a call is continued with the same one only. Needed where the outcome is `unknown`.
   */
  readonly account: string | undefined;
  /** `unknown` if a request may have been sent and no answer was stored. */
  readonly outcome: Outcome;
}

/** A failed call: a `DotsError`, or the JSON of one. */
export interface UnfinishedCall {
  /** The name of the error's class. */
  readonly name: string;
  /** The operation that was called. */
  readonly operation?: string | undefined;
  /** What was known of the call when it ended. */
  readonly outcome: Outcome;
  /** The key that it was sent with. */
  readonly idempotencyKey?: string | undefined;
  /** When the first request with the key was sent, as an ISO 8601 string. */
  readonly firstSentAt?: string | undefined;
  /** The account that the key was sent for. */
  readonly account?: string | undefined;
}

import type { HeaderOptions } from "../generated/header-options.ts";
import type { Outcome } from "./outcome.ts";

/** Options of a single call. They override those of the client. */
export interface CallOptions extends HeaderOptions {
  /** Ends the call when it aborts, also while it waits before a retry. */
  readonly signal?: AbortSignal | null | undefined;
  /**
   * How long one attempt may take, in milliseconds, up to the last byte of the answer.
   * @default 30_000
   */
  readonly timeout?: number | undefined;
  /**
   * How long the call may take, in milliseconds, with all its attempts and the waits between them.
   * @default none
   */
  readonly deadline?: number | undefined;
  /**
   * How often the call is repeated at most, when that is safe.
   * @default 2
   */
  readonly maxRetries?: number | undefined;
  /** Further headers. The client sets `Authorization` itself. */
  readonly headers?: Readonly<Record<string, string>> | undefined;
}

/** Options of a call that can be repeated without being carried out twice. */
export interface KeyedCallOptions extends CallOptions {
  /**
   * The idempotency key. It may have been used before, so every failure of this call is `unknown`, unless `keyIsNew`
   * says otherwise. Has to be the same as the one in the body, where both are given.
   * @default a fresh UUID
   */
  readonly idempotencyKey?: string | undefined;
  /**
   * Says that no request with this idempotency key was ever sent.
   * @default false
   */
  readonly keyIsNew?: boolean | undefined;
  /**
   * When the first request with this idempotency key was sent. A key that is too old to protect is then not sent
   * again. Without this, only the attempts of this call count.
   */
  readonly firstSentAt?: Time | undefined;
  /** The account that the key was sent for, as `accountMark()`, errors and results say it. It is then sent for no other. */
  readonly account?: string | undefined;
  /**
   * An earlier call to go on with: its error, or what you stored of it. The same bytes are sent with the same key. A
   * body that differs from the one that was sent is refused.
   */
  readonly continue?: UnfinishedCall | StoredCall | undefined;
}

/** A point in time: a `Date`, milliseconds since the epoch, or an ISO 8601 text with its zone, such as a `Z` at its end. */
export type Time = string | number | Date;

/** What a call left behind, as a program stores it. */
export interface StoredCall {
  /** The operation that was called, as errors say it. No other is called with the key. */
  readonly operation: string;
  /** The idempotency key. */
  readonly key: string;
  /** The request body: as it was given, or the text that was sent. */
  readonly body: unknown;
  /** When the first request with the key was sent, or may have been. */
  readonly firstSentAt: Time | undefined;
  /**
   * For which account it was sent, as `accountMark()`, errors and results say it. A key may count again for another
   * one, so a call is continued with the same one only.
   */
  readonly account: string | undefined;
  /** `unknown` where a request may have been sent and no answer was stored. */
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
  /** When the first request with the key was sent: an ISO 8601 text. */
  readonly firstSentAt?: string | undefined;
  /** For which account the key was sent. */
  readonly account?: string | undefined;
}

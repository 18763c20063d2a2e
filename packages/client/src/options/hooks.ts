import type { DotsError } from "../errors/dots-error.ts";
import type { Violation } from "../runtime/validate.ts";

/** An attempt that is about to start. */
export interface RequestEvent {
  /** The `operationId` of the called operation. */
  readonly operation: string;
  /** The HTTP method, in upper case. */
  readonly method: string;
  /** The full URL, with its query. */
  readonly url: string;
  /** The key that is sent; `undefined` for an operation without one. */
  readonly idempotencyKey: string | undefined;
  /** 1 for the first. */
  readonly attempt: number;
}

/** An answer that has arrived completely. */
export interface ResponseEvent extends RequestEvent {
  /** The status of the answer. */
  readonly status: number;
  /** The ID that the server gave the request, if any. */
  readonly requestId: string | undefined;
  /** Milliseconds since the attempt began. */
  readonly duration: number;
  /** Every rule of the description that a success breaks; `undefined` if answers are not checked. */
  readonly violations: readonly Violation[] | undefined;
}

/** An attempt that failed and will be retried. */
export interface RetryEvent extends RequestEvent {
  /** A copy. */
  readonly error: DotsError;
  /** Milliseconds until the next attempt. */
  readonly delay: number;
}

/** A function that is called with what happens. */
type Hook<Event> = (event: Event) => void | Promise<void>;

/**
 * Functions for logging and tracing. Their arguments contain no secrets and are copies: changing them has no effect.
 */
export interface Hooks {
  /**
   * Called before each attempt, which waits for it. If it throws, nothing is sent: the call fails with a
   * ConfigurationError.
   */
  readonly onRequest?: Hook<RequestEvent> | undefined;
  /**
   * Called after each answer. The call waits for it, at most as long as the attempt may take. If it throws, the error
   * is written to the console and the call continues.
   */
  readonly onResponse?: Hook<ResponseEvent> | undefined;
  /** Called before each retry. The call doesn't wait for it. If it throws, the error is written to the console. */
  readonly onRetry?: Hook<RetryEvent> | undefined;
}

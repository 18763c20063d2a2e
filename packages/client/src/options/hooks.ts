import type { DotsError } from "../errors/dots-error.ts";
import type { Violation } from "../runtime/validate.ts";

/** An attempt that is about to be made. */
export interface RequestEvent {
  /** The `operationId` of what was called. */
  readonly operation: string;
  /** The HTTP method, in upper case. */
  readonly method: string;
  /** The whole URL, with its query. */
  readonly url: string;
  /** The key that is sent; `undefined` for an operation that takes none. */
  readonly idempotencyKey: string | undefined;
  /** 1 for the first. */
  readonly attempt: number;
}

/** An answer that has come in whole. */
export interface ResponseEvent extends RequestEvent {
  /** The status of the answer. */
  readonly status: number;
  /** The ID that the server gave the request, where it did. */
  readonly requestId: string | undefined;
  /** Milliseconds since the attempt began. */
  readonly duration: number;
  /** Every rule of the description that a success breaks; `undefined` where answers are not checked. */
  readonly violations: readonly Violation[] | undefined;
}

/** An attempt that failed and is followed by another. */
export interface RetryEvent extends RequestEvent {
  /** A copy. */
  readonly error: DotsError;
  /** Milliseconds until the next attempt. */
  readonly delay: number;
}

/** A function that is told what happens. */
type Hook<Event> = (event: Event) => void | Promise<void>;

/**
 * Functions that are told what happens, to log or to trace. What they are given holds no secret and is theirs alone:
 * changing it changes nothing.
 */
export interface Hooks {
  /** Told before each attempt, which waits for it. If it throws, nothing is sent: a ConfigurationError ends the call. */
  readonly onRequest?: Hook<RequestEvent> | undefined;
  /**
   * Told of each answer. The call waits for it, at most as long as the attempt may take. If it throws, that is written
   * to the console, and the call goes on.
   */
  readonly onResponse?: Hook<ResponseEvent> | undefined;
  /** Told of each attempt that is repeated. Nothing waits for it. If it throws, that is written to the console. */
  readonly onRetry?: Hook<RetryEvent> | undefined;
}

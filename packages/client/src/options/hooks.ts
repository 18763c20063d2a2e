import type { DotsError } from "../errors/dots-error.ts";

/** An attempt that is about to be made. */
export interface RequestEvent {
  readonly operation: string;
  readonly method: string;
  readonly url: string;
  readonly idempotencyKey: string | undefined;
  /** 1 for the first. */
  readonly attempt: number;
}

/** An answer that has come in whole. */
export interface ResponseEvent extends RequestEvent {
  readonly status: number;
  readonly requestId: string | undefined;
  /** Milliseconds since the attempt began. */
  readonly duration: number;
}

/** An attempt that failed and is followed by another. */
export interface RetryEvent extends RequestEvent {
  readonly error: DotsError;
  /** Milliseconds until the next attempt. */
  readonly delay: number;
}

type Hook<Event> = (event: Event) => void | Promise<void>;

/**
 * Functions that are told what happens, to log or to trace. They are waited for. What they are given holds no secret
 * and is theirs alone: changing it changes nothing. One that throws ends the call with a ConfigurationError.
 */
export interface Hooks {
  readonly onRequest?: Hook<RequestEvent> | undefined;
  readonly onResponse?: Hook<ResponseEvent> | undefined;
  readonly onRetry?: Hook<RetryEvent> | undefined;
}

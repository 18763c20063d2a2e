/** Options of a single call. They go above those of the client. */
export interface CallOptions {
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
  /** Further headers. `Authorization` is always the client's own. */
  readonly headers?: Readonly<Record<string, string>> | undefined;
}

/** Options of a call that can be repeated without being carried out twice. */
export interface KeyedCallOptions extends CallOptions {
  /**
   * The idempotency key, for instance that of an earlier call whose outcome is unknown. Has to be the same as the one
   * in the body, where both are given.
   * @default a fresh UUID
   */
  readonly idempotencyKey?: string | undefined;
}

/** Work that may have to end before it is done. */
export interface LimitedWork<Result> {
  run(signal: AbortSignal): Promise<Result>;
  /**
   * What the work has come to when it has to end: a result, if there is one already.
   * @throws the failure, otherwise.
   */
  stop(aborted: boolean): Result;
}

/**
 * Does work that has to end in time. When the time is over or the caller's signal aborts, the promise is settled at
 * once by the work's `stop`, whether the work heeds its own signal or not; nothing is left on the caller's.
 */
export function withTimeLimit<Result>(
  milliseconds: number,
  signal: AbortSignal | null | undefined,
  work: LimitedWork<Result>,
): Promise<Result> {
  return new Promise((resolve, reject) => {
    const controller = new AbortController();
    const release = (): void => {
      clearTimeout(timer);
      signal?.removeEventListener("abort", abort);
    };
    const succeed = (result: Result): void => {
      release();
      resolve(result);
    };
    const fail = (error: unknown): void => {
      release();
      reject(error);
    };
    const stop = (aborted: boolean): void => {
      try {
        succeed(work.stop(aborted));
      } catch (error) {
        fail(error);
      }
      controller.abort();
    };
    const abort = (): void => stop(true);
    const timer = setTimeout(stop, milliseconds, false);
    if (signal?.aborted) return abort();
    signal?.addEventListener("abort", abort);
    work.run(controller.signal).then(succeed, fail);
  });
}

/** Resolves after some time, unless the signal aborts; then never. */
export function pause(milliseconds: number, signal: AbortSignal): Promise<void> {
  return new Promise((resolve) => {
    const timer = setTimeout(resolve, milliseconds);
    signal.addEventListener("abort", () => clearTimeout(timer));
  });
}

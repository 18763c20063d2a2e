/** Work that may have to end before it is done. */
export interface LimitedWork<Result> {
  /** Absent: there is nothing to do but to wait. */
  run?(signal: AbortSignal): Promise<Result>;
  /**
   * What the work has come to when it has to end: a result, if there is one already.
   * @throws the failure, otherwise.
   */
  stop(): Result;
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
      signal?.removeEventListener("abort", stop);
    };
    const stop = (): void => {
      release();
      try {
        resolve(work.stop());
      } catch (error) {
        reject(error);
      }
      controller.abort();
    };
    const timer = setTimeout(stop, milliseconds);
    if (signal?.aborted) return stop();
    signal?.addEventListener("abort", stop);
    work.run?.(controller.signal).then(
      (result) => {
        release();
        resolve(result);
      },
      (error: unknown) => {
        release();
        reject(error);
      },
    );
  });
}

/** Work that may have to stop before it is done. */
export interface LimitedWork<Result> {
  /** Absent if there is nothing to do but wait. */
  run?(signal: AbortSignal): Promise<Result>;
  /**
   * The result of the work when it has to stop, if there is one already.
   * @throws the failure, otherwise.
   */
  stop(): Result;
}

/**
 * Runs work with a time limit. When the time is up or the caller's signal aborts, the work's `stop` settles the promise
 * at once, even if the work ignores its own signal. No listener stays on the caller's signal.
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

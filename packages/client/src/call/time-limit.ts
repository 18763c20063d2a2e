/**
 * Does work that has to end in time. When the time is over or the caller's signal aborts, the promise is settled at
 * once by `stop`, whether the work heeds its own signal or not; nothing is left on the caller's.
 * @param stop gives what the work has come to when it has to end: a result, if there is one already, or the failure
 * @param run the work; without it there is nothing to do but to wait
 */
export function withTimeLimit<Result>(
  milliseconds: number,
  signal: AbortSignal | null | undefined,
  stop: () => Promise<Result>,
  run?: (signal: AbortSignal) => Promise<Result>,
): Promise<Result> {
  return new Promise((resolve, reject) => {
    const controller = new AbortController();
    const release = (): void => {
      clearTimeout(timer);
      signal?.removeEventListener("abort", end);
    };
    const end = (): void => {
      release();
      resolve(stop());
      controller.abort();
    };
    const timer = setTimeout(end, milliseconds);
    if (signal?.aborted) return end();
    signal?.addEventListener("abort", end);
    run?.(controller.signal).then(
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
